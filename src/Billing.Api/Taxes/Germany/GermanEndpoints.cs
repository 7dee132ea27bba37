using System.ComponentModel.DataAnnotations;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Taxes;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Taxes.Germany;

/// <summary>What the books cannot know about somebody taxed in Germany. Amounts are euros for the whole year.</summary>
/// <param name="IsJoint">Whether a couple is assessed together (Zusammenveranlagung).</param>
/// <param name="OtherIncome">Other taxable income of both, after what goes off it; below zero for a loss.</param>
/// <param name="Deductions">Special expenses and allowances that count: pension, health and care insurance, church tax paid, gifts.</param>
/// <param name="Withheld">Wage tax withheld, with solidarity surcharge and church tax.</param>
/// <param name="ChurchTax">south (Bavaria and Baden-Württemberg) or elsewhere; left out for none.</param>
/// <param name="IsTrade">Whether the business is a trade (Gewerbe) rather than a free profession.</param>
/// <param name="SetPrepayments">What the office has set for each of the four dates; left out while it has set nothing.</param>
/// <param name="IsSmallBusiness">Whether section 19 UStG is used (Kleinunternehmer).</param>
/// <param name="HasVatExtension">Whether advance returns are due a month later (Dauerfristverlängerung).</param>
/// <param name="PriorYearVat">Last year's VAT after input tax.</param>
/// <param name="PriorYearTurnover">Last year's turnover for section 19 UStG.</param>
public sealed record GermanProfileBody(
    bool IsJoint = false, Money? OtherIncome = null, Money? Deductions = null, Money? Withheld = null,
    [property: Text(20)] string? ChurchTax = null, bool IsTrade = false, IReadOnlyList<Money>? SetPrepayments = null,
    bool IsSmallBusiness = false, bool HasVatExtension = false, Money? PriorYearVat = null, Money? PriorYearTurnover = null);

/// <param name="Number">1 to 4: which date it is for.</param>
/// <param name="Amount">Income tax, solidarity surcharge and church tax together.</param>
public sealed record GermanPrepaymentBody(
    [property: Range(1, 4)] int Number, Money Amount, LocalDate PaidOn, [property: Text(200)] string? Confirmation = null, Guid? Id = null);

public static class GermanEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapGermany(this IEndpointRouteBuilder v1)
    {
        v1.Command<GermanProfileBody>("/tax-years/{year:int}/germany:set-profile", Role.Owner, call => new SetGermanProfileCommand(
                call.Context, new SetGermanProfile(TaxEndpoints.Year(call), Profile(call), call.Now)),
            (call, done) => Answers.Changed(done, call.Caller.Book.Value));

        v1.Command<GermanPrepaymentBody>("/tax-years/{year:int}/germany/payments", Keepers, call =>
                new RecordEstimatedPaymentCommand(call.Context, new RecordEstimatedPayment(
                    TaxEndpoints.Year(call), TaxYear.Germany, call.IdOrNew(call.Body.Id), call.Body.Number,
                    Euros(call, call.Body.Amount, "/amount"), call.Body.PaidOn, call.Body.Confirmation, call.Now)),
            (call, done) => Answers.Created(
                done, done.Find<TaxYearEvent.EstimatedTaxPaid>()?.PaymentId ?? call.Body.Id!.Value,
                $"/v1/tax-years/{TaxEndpoints.Year(call)}/germany/payments"));

        v1.Command<NoBody>("/tax-years/{year:int}/germany/payments/{id:guid}:remove", Keepers, call =>
                new RemoveEstimatedPaymentCommand(call.Context, new RemoveEstimatedPayment(
                    TaxEndpoints.Year(call), TaxYear.Germany, call.RouteId(), call.Now)),
            (call, done) => Answers.Changed(done, call.RouteId()));

        v1.MapGermanQueries();
    }

    private static GermanProfile Profile(CommandCall<GermanProfileBody> call)
    {
        var b = call.Body;
        return new GermanProfile(
            b.IsJoint, Euros(call, b.OtherIncome, "/otherIncome"), Euros(call, b.Deductions, "/deductions"),
            Euros(call, b.Withheld, "/withheld"), b.ChurchTax, b.IsTrade,
            b.SetPrepayments is { } set ? [.. set.Select((amount, i) => Euros(call, amount, $"/setPrepayments/{i}"))] : null,
            b.IsSmallBusiness, b.HasVatExtension, b.PriorYearVat is null ? null : Euros(call, b.PriorYearVat, "/priorYearVat"),
            b.PriorYearTurnover is null ? null : Euros(call, b.PriorYearTurnover, "/priorYearTurnover"));
    }

    /// <summary>Cents; 0 for what was left out. German tax is counted in euros only.</summary>
    private static long Euros<TBody>(CommandCall<TBody> call, Money? amount, string pointer)
    {
        if (amount is not { } money) return 0;
        if (money.Currency == Currency.Eur) return money.Minor;
        call.Refuse(pointer, "tax-currency-not-eur", "German tax is counted in EUR.");
        return 0;
    }
}
