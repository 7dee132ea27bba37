using System.ComponentModel.DataAnnotations;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Taxes;
using Billing.Domain.Values;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Api.Taxes;

/// <summary>What the books cannot know about the filer. Amounts are US dollars for the whole year.</summary>
/// <param name="FilingStatus">single, mfj, mfs, hoh or qss.</param>
/// <param name="PriorYearTax">Total tax of last year's return after refundable credits (Form 2210 line 8).</param>
/// <param name="PriorYearAgi">Adjusted gross income of last year's return.</param>
/// <param name="PriorYearFiledInFull">Whether that return was filed and covered twelve months.</param>
public sealed record FilingProfileBody(
    string FilingStatus, bool Is65OrOlder = false, bool IsBlind = false, bool SpouseIs65OrOlder = false,
    bool SpouseIsBlind = false, Money? Wages = null, Money? SpouseWages = null, Money? SpouseSelfEmployment = null,
    Money? Withholding = null, Money? Interest = null, Money? OtherIncome = null,
    [property: Range(0, 50)] int ChildrenUnder17 = 0, [property: Range(0, 50)] int OtherDependants = 0,
    bool IsSpecifiedService = false, Money? HealthInsurancePremiums = null, Money? SepContribution = null,
    Money? PriorYearTax = null, Money? PriorYearAgi = null, bool PriorYearFiledInFull = false,
    Money? PriorOverpaymentApplied = null);

public sealed record EstimatedPaymentBody(
    [property: Range(1, 4)] int Quarter, Money Amount, LocalDate PaidOn, [property: Text(200)] string? Confirmation = null,
    Guid? Id = null);

/// <param name="AsOf">The day of the estimate; left out, today in the practice's zone.</param>
public sealed record GiveEstimateBody(LocalDate? AsOf = null, Guid? Id = null);

public static class TaxEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapTaxCommands(this IEndpointRouteBuilder v1)
    {
        v1.Command<FilingProfileBody>("/tax-years/{year:int}:set-profile", Role.Owner, call =>
                Profile(call) is { } profile
                    ? new SetFilingProfileCommand(
                        call.Context, new SetFilingProfile(Year(call), TaxYear.UsFederal, profile, call.Now))
                    : null,
            (call, done) => Answers.Changed(done, call.Caller.Book.Value));

        v1.Command<EstimatedPaymentBody>("/tax-years/{year:int}/payments", Keepers, call =>
                new RecordEstimatedPaymentCommand(call.Context, new RecordEstimatedPayment(
                    Year(call), TaxYear.UsFederal, call.IdOrNew(call.Body.Id), call.Body.Quarter,
                    Dollars(call, call.Body.Amount, "/amount"), call.Body.PaidOn, call.Body.Confirmation, call.Now)),
            (call, done) => Answers.Created(
                done, done.Find<TaxYearEvent.EstimatedTaxPaid>()?.PaymentId ?? call.Body.Id!.Value,
                $"/v1/tax-years/{Year(call)}/payments"));

        v1.Command<NoBody>("/tax-years/{year:int}/payments/{id:guid}:remove", Keepers, call =>
                new RemoveEstimatedPaymentCommand(
                    call.Context, new RemoveEstimatedPayment(Year(call), TaxYear.UsFederal, call.RouteId(), call.Now)),
            (call, done) => Answers.Changed(done, call.RouteId()));

        v1.Command<GiveEstimateBody>("/tax-years/{year:int}/estimates", Keepers, Give,
            (call, done) => Answers.Created(
                done, done.Find<TaxYearEvent.EstimateGiven>()?.EstimateId ?? call.Body.Id!.Value,
                $"/v1/tax-years/{Year(call)}/estimates"),
            afterOwnWrites: _ => true);
    }

    /// <summary>Works the estimate out and writes down that it was given, with what it takes to give it again.</summary>
    private static GiveEstimateCommand? Give(CommandCall<GiveEstimateBody> call)
    {
        var asOf = call.Body.AsOf ?? PracticeDay.Of(call);
        var services = call.Http.RequestServices;
        var countedThrough = services.GetRequiredService<ProjectionRunner>().Position;
        var desk = services.GetRequiredService<EstimateDesk>();
        var projection = new Domain.Taxes.UsFederal.ProfitProjection.RunRate();
        if (!desk.TryEstimate(call.Caller.Book, Year(call), asOf, projection, out var estimated, out var rejection))
        {
            call.Refuse(rejection);
            return null;
        }
        var estimate = estimated.Estimate;
        return new GiveEstimateCommand(call.Context, new GiveEstimate(
            Year(call), TaxYear.UsFederal, call.IdOrNew(call.Body.Id), estimate.ParametersVersion, asOf,
            BookPlace: 0, estimate.Projection.Method,
            Minor(estimate.Annual.Total.Amount), Minor(estimate.Required.Required.Amount), Minor(estimate.Plan.CatchUp),
            estimate.Plan.Next?.DeadlineOn, call.Now), countedThrough);

        static long Minor(decimal dollars) => Cents.ToMoney(dollars).Minor;
    }

    internal static int Year<TBody>(CommandCall<TBody> call) =>
        int.Parse((string)call.Http.Request.RouteValues["year"]!, System.Globalization.CultureInfo.InvariantCulture);

    private static FiledProfile? Profile(CommandCall<FilingProfileBody> call)
    {
        var b = call.Body;
        if (!Domain.Taxes.UsFederal.FilingStatuses.TryParse(b.FilingStatus, out _))
        {
            call.Refuse("/filingStatus", "filing-status-unknown", "The filing status is single, mfj, mfs, hoh or qss.");
            return null;
        }
        return new FiledProfile(
            b.FilingStatus, b.Is65OrOlder, b.IsBlind, b.SpouseIs65OrOlder, b.SpouseIsBlind,
            Dollars(call, b.Wages, "/wages"), Dollars(call, b.SpouseWages, "/spouseWages"),
            Dollars(call, b.SpouseSelfEmployment, "/spouseSelfEmployment"), Dollars(call, b.Withholding, "/withholding"),
            Dollars(call, b.Interest, "/interest"), Dollars(call, b.OtherIncome, "/otherIncome"), b.ChildrenUnder17,
            b.OtherDependants, b.IsSpecifiedService, Dollars(call, b.HealthInsurancePremiums, "/healthInsurancePremiums"),
            Dollars(call, b.SepContribution, "/sepContribution"),
            b.PriorYearTax is null ? null : Dollars(call, b.PriorYearTax, "/priorYearTax"),
            b.PriorYearAgi is null ? null : Dollars(call, b.PriorYearAgi, "/priorYearAgi"), b.PriorYearFiledInFull,
            Dollars(call, b.PriorOverpaymentApplied, "/priorOverpaymentApplied"));
    }

    /// <summary>Cents; 0 for what was left out. Federal tax is counted in US dollars only.</summary>
    internal static long Dollars<TBody>(CommandCall<TBody> call, Money? amount, string pointer)
    {
        if (amount is not { } money) return 0;
        if (money.Currency == Currency.Usd) return money.Minor;
        call.Refuse(pointer, "tax-currency-not-usd", "US federal tax is counted in USD.");
        return 0;
    }
}
