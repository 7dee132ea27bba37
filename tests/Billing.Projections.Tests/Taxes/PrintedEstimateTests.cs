using Billing.Domain.Ledger;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Ledger;
using Billing.Projections.Taxes;
using NodaTime;

namespace Billing.Projections.Tests.Taxes;

/// <summary>The report's words and figures, made of an estimate.</summary>
public sealed class PrintedEstimateTests
{
    private static readonly TaxParameters Figures =
        TaxParameterLibrary.TryForYear(2026, out var p, out _) ? p : throw new KeyNotFoundException();

    private static readonly Guid Payment = new(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), Client = new(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    private static Money Usd(long cents) => new(cents, Currency.Usd);

    private static TaxFactsView Known(params (LocalDate Day, long Cents)[] receipts) => new(
        2026, TaxYear.UsFederal, null,
        [
            .. receipts.Select(r => new ReceiptView(
                CashSource.Payment(Payment), 1, r.Day, IncomeKind.Services, Usd(r.Cents), Client, Client, null, null)),
        ],
        [new PaidExpenseView(new LocalDate(2026, 3, 2), "meals", Usd(200_00), Payment, null)],
        [new EstimatedPaymentView(Payment, 1, 100_00, new LocalDate(2027, 2, 1), null)], 1, null);

    private static TaxEstimate Estimate(
        LocalDate asOf, TaxFactsView known, decimal? priorTax, ProfitProjection projection, decimal withheld = 0) =>
        Estimator.TryEstimate(
            Figures,
            new TaxFacts
            {
                AsOf = asOf,
                Household = new Household { Status = FilingStatus.Single, Taxpayer = new TaxPerson() },
                Projection = projection,
                Receipts = [.. known.Receipts.Select(r => new Receipt(r.ReceivedOn, r.Amount))],
                Expenses = [.. known.Expenses.Select(e => new BusinessExpense(e.PaidOn, e.Category, e.Amount))],
                Payments = [.. known.EstimatedPayments.Select(e => new EstimatedPayment(e.PaidOn, Usd(e.AmountMinor)))],
                Withholding = withheld,
                PriorYear = priorTax is { } tax ? new PriorYear(tax, 40_000, true) : null,
            },
            out var estimate, out var rejection)
            ? estimate
            : throw new InvalidOperationException(rejection.Detail);

    private static TaxReportModel Report(
        LocalDate asOf, decimal? priorTax = 6_000, decimal profit = 50_000, ProfitProjection? projection = null, string? language = null)
    {
        var estimate = Estimate(asOf, Books, priorTax, projection ?? new ProfitProjection.OwnNumber(profit));
        return PrintedEstimate.Of(estimate, Figures, "Juniper", FilingStatus.Single, Books, null, DocumentLanguage.Of(language));
    }

    private static TaxFactsView Books { get; } = Known((new LocalDate(2026, 2, 10), 20_000_00), (new LocalDate(2026, 9, 1), -500_00));

    [Theory]
    [InlineData("2026-04-01", "Pay $1,500 by Apr 15, 2026.")]
    [InlineData("2026-04-20", "Pay $3,000 by Jun 15, 2026; $1,500 of it is late, so pay that now.")]
    [InlineData("2027-01-20", "Pay $6,000 now: it is late.")]
    public void The_first_thing_said_is_what_to_pay_by_when(string day, string headline) =>
        Assert.Equal(headline, Report(Day(day)).Headline);

    [Fact]
    public void Who_earns_too_little_has_nothing_to_pay()
    {
        var report = Report(Day("2026-04-01"), priorTax: null, profit: 5_000);
        Assert.Equal("Nothing to pay by Apr 15, 2026.", report.Headline);
        Assert.Empty(report.HowToPay);
        Assert.Contains(report.PlainWords, words => words.Contains("less than $1,000.00", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(6_000, "100 % of what last year's tax return came to")]
    [InlineData(60_000, "By last year's tax return it would be $60,000.00, which is no less.")]
    [InlineData(null, "If you enter last year's tax return, less may be enough.")]
    public void Why_it_is_so_much_is_said_in_plain_words(int? priorTax, string words) =>
        Assert.Contains(Report(Day("2026-04-01"), priorTax).PlainWords, said => said.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void Each_day_is_written_as_people_write_it()
    {
        // The run rate says through which day it counts.
        var words = string.Join(' ', Report(Day("2026-04-20"), projection: new ProfitProjection.RunRate()).PlainWords);
        Assert.Contains("110 of 365 days, through Apr 20, 2026.", words, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-04-01", "Zahlen Sie 1.500 USD bis 15.04.2026.")]
    [InlineData("2026-04-20", "Zahlen Sie 3.000 USD bis 15.06.2026; davon sind 1.500 USD überfällig, zahlen Sie diese also jetzt.")]
    [InlineData("2027-01-20", "Zahlen Sie jetzt 6.000 USD: Das ist überfällig.")]
    public void The_same_is_said_in_German(string day, string headline)
    {
        var (german, english) = (Report(Day(day), language: "de"), Report(Day(day)));
        Assert.Equal(headline, german.Headline);
        Assert.Equal(
            ("Alleinstehend", "1. Quartal", "Mär"), (german.FilingStatus, german.Instalments[0].Label, german.Chart!.Groups[2].Label));
        Assert.Equal(english.PlainWords.Count, german.PlainWords.Count);
        Assert.Empty(german.PlainWords.Intersect(english.PlainWords));
        Assert.Equal(
            english.Working.SelectMany(part => part.Rows).Select(row => (row.Label, row.FormLine)),
            german.Working.SelectMany(part => part.Rows).Select(row => (row.Label, row.FormLine)));
    }

    public static TheoryData<ProfitProjection> Projections =>
    [
        new ProfitProjection.YearToDateOnly(), new ProfitProjection.RunRate(), new ProfitProjection.OwnNumber(50_000),
        new ProfitProjection.Seasonal(40_000, 10_000),
    ];

    [Theory]
    [MemberData(nameof(Projections))]
    public void How_the_year_goes_on_is_said_as_the_estimate_says_it(ProfitProjection projection)
    {
        var method = Estimate(Day("2026-04-20"), Books, 6_000, projection).Projection.Method;
        Assert.Contains(
            Report(Day("2026-04-20"), projection: projection).PlainWords,
            words => words.EndsWith(method.Replace("2026-04-20", "Apr 20, 2026", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 50_000, 0)]
    [InlineData(null, 5_000, 0)]
    [InlineData(6_000, 50_000, 6_000)]
    public void Why_nothing_has_to_be_paid_is_said_as_the_estimate_says_it(int? priorTax, int profit, int withheld)
    {
        var estimate = Estimate(Day("2026-04-01"), Books, priorTax, new ProfitProjection.OwnNumber(profit), withheld);
        var words = PlainEstimate.Of(estimate, Figures, DocumentLanguage.Of(null)).Sentences;
        Assert.StartsWith("Nothing has to be paid", estimate.Required.Reason, StringComparison.Ordinal);
        Assert.Contains(estimate.Required.Reason, words);
        Assert.DoesNotContain(estimate.Required.Reason, PlainEstimate.Of(estimate, Figures, DocumentLanguage.Of("de")).Sentences);
    }

    [Fact]
    public void The_year_by_month_counts_what_was_there_by_the_day_and_goes_on_until_the_last_date()
    {
        var chart = Report(Day("2027-03-01")).Chart!;
        Assert.Equal(["Jan", "Feb", "Mar"], chart.Groups.Take(3).Select(group => group.Label));
        Assert.Equal(["Dec", "Jan 27", "Feb 27"], chart.Groups.TakeLast(3).Select(group => group.Label));
        Assert.Equal(20_000_00, chart.Groups[1].Amounts[0].Minor);
        // Half of the meals counts.
        Assert.Equal(100_00, chart.Groups[2].Amounts[1].Minor);
        Assert.Equal(-500_00, chart.Groups[8].Amounts[0].Minor);
        Assert.True(chart.Groups[8].Amounts[2].IsNegative, "What is given back need not lie aside any more.");
        Assert.Equal(
            [1_500_00L, 1_500_00, 1_500_00, 1_500_00], chart.Groups.Select(group => group.Amounts[4].Minor).Where(due => due != 0));
        Assert.Equal(100_00, chart.Groups[^1].Amounts[3].Minor);
        var early = Report(Day("2026-08-01")).Chart!;
        Assert.Equal(0, early.Groups[8].Amounts[0].Minor);
        Assert.Equal("Jan 27", early.Groups[^1].Label);
    }

    [Fact]
    public void Facts_differ_by_payment_expense_and_what_the_filer_said()
    {
        var before = Known((new LocalDate(2026, 2, 10), 100_00));
        Assert.Empty(FactChange.Between(before, Known((new LocalDate(2026, 2, 10), 100_00))));
        var now = Known((new LocalDate(2026, 2, 10), 40_00), (new LocalDate(2026, 2, 10), 70_00)) with { EstimatedPayments = [] };
        Assert.Equal(
            [new FactChange("receipts", 1, 1, Usd(10_00)), new FactChange("payments", 0, 1, Usd(-100_00))],
            FactChange.Between(before, now));
    }

    private static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}
