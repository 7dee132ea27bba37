using Billing.Api.Demo;
using Billing.Api.Reports;
using Billing.Api.Tests.Http;
using Billing.EventStore.Port;
using Billing.Projections.Reports;
using Billing.Projections.Tests.Reports;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Billing.Api.Tests.Reports;

/// <summary>Who wonders why a figure is what it is can add its explanation up by hand.</summary>
[Collection(AgencyCollection.Name)]
public sealed class AddedUpTests(AgencyBook agency)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_explanation_of_the_agencys_year_adds_up() =>
        AddUp(agency.Folded, new LocalDate(AgencyYear.Year, 1, 1), new LocalDate(AgencyYear.Year, 12, 31), atLeast: 2_000);

    [Fact]
    public async Task Every_explanation_of_the_sample_practice_adds_up_and_leads_to_what_it_names()
    {
        await using var server = await ApiServer.Start();
        var tokens = await new DemoPractice(server.Services, null, server.Address).Make(Cancellation);
        var events = server.Services.GetRequiredService<IEventStore>();
        var id = new BookId((Guid)(await server.Get(tokens.Owner, "/v1/business")).Json["businessId"]!);
        var book = AgencyBook.Fold(await events.ReadBook(id, 0, int.MaxValue, Cancellation));

        var explanations = AddUp(book, new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31), atLeast: 1_000);

        var addresses = explanations.SelectMany(explanation => explanation.Inputs).Select(input => input.Href).OfType<string>().Distinct();
        foreach (var one in addresses.GroupBy(address => address.Split('/')[2]).SelectMany(kind => kind.Take(20)))
            Assert.Equal(200, (int)(await server.Get(tokens.Owner, one)).Status);
    }

    private static List<ExplanationView> AddUp(PracticeBook book, LocalDate first, LocalDate last, int atLeast)
    {
        var explanations = EveryReport.Of(first, last).Select(report => report.Of(book)).SelectMany(report => report.Rows
            .SelectMany(row => row.Figures.Select(figure => ExplanationView.Of(book, report, row, figure)))).ToList();
        var faults = explanations.SelectMany(explanation => Faults(explanation)
            .Select(fault => $"{explanation.Report}, {explanation.Row}, {explanation.Column}: {fault}")).ToList();
        Assert.True(explanations.Count > atLeast, $"{explanations.Count} figures");
        Assert.True(faults.Count == 0, $"{faults.Count} faults: " + string.Join(Environment.NewLine, faults.Take(20)));
        return explanations;
    }

    private static IEnumerable<string> Faults(ExplanationView why)
    {
        var (minor, seconds) = (why.Inputs.Sum(input => input.Amount?.Minor ?? 0), why.Inputs.Sum(input => input.DurationSeconds ?? 0));
        if (why.InputsAddUp != (why.Figure.Amount is not null || why.Figure.DurationSeconds is not null))
            yield return "an amount or a duration does not say that it adds up, or something else does";
        if (why.InputsAddUp && (minor, seconds) != (why.Figure.Amount?.Minor ?? 0, why.Figure.DurationSeconds ?? 0))
            yield return $"its inputs come to {minor} and {seconds}";
        if (why.Inputs.Any(input => input is { Amount: not null, DurationSeconds: not null })) yield return "an input brings money and time";
        foreach (var input in why.Inputs.Where(input => input.Parts is not null))
        {
            if (input.Parts!.Sum(part => part.Amount?.Minor ?? part.DurationSeconds) != (input.Amount?.Minor ?? input.DurationSeconds))
                yield return $"the parts of {input.Kind} {input.Id} do not add up";
        }
        if (why.Steps.Count == 0) yield break;
        var plus = why.Steps.Where(step => step.Does == "plus").Sum(Value);
        var whole = plus - why.Steps.Where(step => step.Does == "minus").Sum(Value);
        if (why.InputsAddUp && whole != (why.Figure.Amount?.Minor ?? why.Figure.DurationSeconds)) yield return $"its steps come to {whole}";
    }

    private static decimal Value(FigureStepView step) => step.Figure.Amount?.Minor ?? step.Figure.DurationSeconds ?? 0;
}
