using System.ComponentModel.DataAnnotations;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
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
    Money? PriorOverpaymentApplied = null, FurtherProfileBody? Further = null);

/// <summary>What only some filers have to say. Amounts are US dollars for the whole year.</summary>
/// <param name="Age">At the end of the year; catch-up contributions to a plan begin at 50.</param>
/// <param name="IsDependent">Whether somebody else can claim the filer.</param>
/// <param name="ItemizedDeductions">Schedule A line 17; counts where it is more than the standard deduction.</param>
/// <param name="ItemizedTaxes">State and local taxes among them (Schedule A line 7).</param>
/// <param name="CashCharity">Cash gifts of those who do not itemize; they count from 2026.</param>
/// <param name="OtherAdjustments">Such as an HSA or an IRA contribution (Schedule 1 part II).</param>
/// <param name="RefundableCredits">Form 1040-ES line 11b.</param>
/// <param name="SocialSecurityWages">W-2 boxes 3 and 7, where they differ from the wages.</param>
/// <param name="SimpleContribution">Into the filer's own SIMPLE plan, the match included.</param>
/// <param name="Solo401kContribution">Into the filer's own solo 401(k): deferral, employer's part and catch-up.</param>
/// <param name="DeferralsElsewhere">Into an employer's plan, which use up the same limit.</param>
/// <param name="QualifiedBusinessLoss">Brought from last year (Form 8995 line 3), as a positive amount.</param>
/// <param name="EmployeeWagesPaid">W-2 wages that the business paid.</param>
/// <param name="InstalmentMethod">regular, or annualized for instalments by Schedule AI.</param>
public sealed record FurtherProfileBody(
    [property: Range(0, TaxYearProfile.MaxAge)] int? Age = null, [property: Range(0, TaxYearProfile.MaxAge)] int? SpouseAge = null,
    bool IsDependent = false, Money? ItemizedDeductions = null, Money? ItemizedTaxes = null, Money? CashCharity = null,
    Money? OtherAdjustments = null, Money? RefundableCredits = null, Money? SocialSecurityWages = null,
    Money? SpouseSocialSecurityWages = null, Money? SimpleContribution = null, Money? Solo401kContribution = null,
    Money? DeferralsElsewhere = null, Money? SpouseHealthInsurancePremiums = null, Money? SpouseSepContribution = null,
    Money? QualifiedBusinessLoss = null, Money? EmployeeWagesPaid = null, string InstalmentMethod = InstalmentPlan.Regular);

public sealed record EstimatedPaymentBody(
    [property: Range(1, 4)] int Quarter, Money Amount, LocalDate PaidOn, [property: Text(200)] string? Confirmation = null,
    Guid? Id = null);

/// <param name="AsOf">The day of the estimate; left out, today in the practice's zone.</param>
/// <param name="Projection">run-rate, year-to-date, seasonal, or own-number with <paramref name="NetProfit"/>; left out, run-rate.</param>
public sealed record GiveEstimateBody(
    LocalDate? AsOf = null, Guid? Id = null,
    [property: OneOf(typeof(ProjectionChoice), nameof(ProjectionChoice.All))] string? Projection = null, Money? NetProfit = null);

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
                $"/v1/tax-years/{Year(call)}/estimates"));
    }

    private static GiveEstimateCommand? Give(CommandCall<GiveEstimateBody> call)
    {
        var body = call.Body;
        if (ProjectionChoice.Of(body.Projection, body.NetProfit) is { } choice)
        {
            var wish = new EstimateWish(Year(call), body.AsOf ?? PracticeDay.Of(call), choice);
            return new GiveEstimateCommand(call.Context, call.IdOrNew(body.Id), wish);
        }
        call.Refuse(
            body.NetProfit is null ? "/projection" : "/netProfit", "malformed",
            "The projection is run-rate, year-to-date or seasonal; or own-number, which alone takes netProfit, in USD.");
        return null;
    }

    internal static int Year<TBody>(CommandCall<TBody> call) =>
        int.Parse((string)call.Http.Request.RouteValues["year"]!, System.Globalization.CultureInfo.InvariantCulture);

    internal static FiledProfile? Profile(CommandCall<FilingProfileBody> call)
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
            Dollars(call, b.PriorOverpaymentApplied, "/priorOverpaymentApplied"), b.Further is { } f ? Further(call, f) : null);
    }

    private static FiledFurther Further(CommandCall<FilingProfileBody> call, FurtherProfileBody f)
    {
        if (f.InstalmentMethod is not (InstalmentPlan.Regular or InstalmentPlan.Annualized))
            call.Refuse("/further/instalmentMethod", "instalment-method-unknown", "The method is regular or annualized.");
        return new FiledFurther(
            f.Age, f.SpouseAge, f.IsDependent, Of(f.ItemizedDeductions, "itemizedDeductions"), Of(f.ItemizedTaxes, "itemizedTaxes"),
            Of(f.CashCharity, "cashCharity"), Of(f.OtherAdjustments, "otherAdjustments"),
            Of(f.RefundableCredits, "refundableCredits"), Known(f.SocialSecurityWages, "socialSecurityWages"),
            Known(f.SpouseSocialSecurityWages, "spouseSocialSecurityWages"), Of(f.SimpleContribution, "simpleContribution"),
            Of(f.Solo401kContribution, "solo401kContribution"), Of(f.DeferralsElsewhere, "deferralsElsewhere"),
            Of(f.SpouseHealthInsurancePremiums, "spouseHealthInsurancePremiums"),
            Of(f.SpouseSepContribution, "spouseSepContribution"), Of(f.QualifiedBusinessLoss, "qualifiedBusinessLoss"),
            Of(f.EmployeeWagesPaid, "employeeWagesPaid"), f.InstalmentMethod == InstalmentPlan.Annualized);

        long Of(Money? amount, string name) => Dollars(call, amount, $"/further/{name}");

        long? Known(Money? amount, string name) => amount is null ? null : Of(amount, name);
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
