namespace Billing.Domain.Taxes.UsFederal;

/// <summary>
/// What a return for the whole year would say of the household, apart from its tax. All amounts are US dollars, and
/// figures for the full year as expected now. Income is ordinary income: capital gains are not provided for.
/// </summary>
public sealed record Household
{
    /// <summary>Filing status this year.</summary>
    public required FilingStatus Status { get; init; }

    /// <summary>The person whose books these are, or either spouse.</summary>
    public required TaxPerson Taxpayer { get; init; }

    /// <summary>The other spouse; on a joint return only.</summary>
    public TaxPerson? Spouse { get; init; }

    /// <summary>Taxable interest (Form 1040 line 2b); the whole of the net investment income.</summary>
    public decimal Interest { get; init; }

    /// <summary>Other ordinary income or loss; not business income, not investment income.</summary>
    public decimal OtherIncome { get; init; }

    /// <summary>
    /// Adjustments beside those computed here, such as an HSA or an IRA contribution (Schedule 1 part II).
    /// </summary>
    public decimal OtherAdjustments { get; init; }

    /// <summary>Itemized deductions in all (Schedule A line 17); they count where they are more than the standard one.</summary>
    public decimal ItemizedDeductions { get; init; }

    /// <summary>State and local taxes among them (Schedule A line 7), which the alternative minimum tax does not allow.</summary>
    public decimal ItemizedTaxes { get; init; }

    /// <summary>Whether somebody else can claim the taxpayer, which lowers the standard deduction.</summary>
    public bool IsDependent { get; init; }

    /// <summary>Cash gifts to charity of a household that does not itemize; they count from 2026.</summary>
    public decimal CashCharity { get; init; }

    /// <summary>Children under 17 for the child tax credit.</summary>
    public int ChildrenUnder17 { get; init; }

    /// <summary>Other dependants for the credit of 500.</summary>
    public int OtherDependants { get; init; }

    /// <summary>Refundable credits expected (Form 1040-ES line 11b), such as the earned income credit.</summary>
    public decimal RefundableCredits { get; init; }

    /// <summary>
    /// Whether the business is a specified service (health, law, accounting, consulting, …), which loses the
    /// deduction for qualified business income above the range. A virtual assistant's is normally not.
    /// </summary>
    public bool SpecifiedService { get; init; }

    /// <summary>W-2 wages that the business paid to employees (Form 8995-A line 4).</summary>
    public decimal EmployeeWagesPaid { get; init; }

    /// <summary>Cost of qualified property before depreciation (Form 8995-A line 7).</summary>
    public decimal QualifiedPropertyBasis { get; init; }

    /// <summary>
    /// Loss of qualified business income brought from last year, as a positive amount (Form 8995 line 3).
    /// </summary>
    public decimal QualifiedBusinessLossBroughtIn { get; init; }

    /// <summary>Both persons of a joint return, else the one.</summary>
    internal IEnumerable<(string Role, TaxPerson Person)> Persons()
    {
        yield return ("taxpayer", Taxpayer);
        if (Status == FilingStatus.MarriedFilingJointly && Spouse is not null) yield return ("spouse", Spouse);
    }

    /// <summary>The first thing that no return could say, or null.</summary>
    public Rejection? Problem()
    {
        if (Spouse is not null && Status != FilingStatus.MarriedFilingJointly)
        {
            return new Rejection(
                "spouse-needs-joint-return",
                "A spouse's figures count on a joint return only: leave them out, or file jointly (mfj).",
                "/household/spouse");
        }
        (string Field, decimal Amount)[] amounts =
        [
            ("interest", Interest), ("itemizedDeductions", ItemizedDeductions), ("itemizedTaxes", ItemizedTaxes),
            ("otherAdjustments", OtherAdjustments), ("cashCharity", CashCharity),
            ("childrenUnder17", ChildrenUnder17), ("otherDependants", OtherDependants),
            ("refundableCredits", RefundableCredits), ("employeeWagesPaid", EmployeeWagesPaid),
            ("qualifiedPropertyBasis", QualifiedPropertyBasis),
            ("qualifiedBusinessLossBroughtIn", QualifiedBusinessLossBroughtIn),
            .. Persons().SelectMany(entry => entry.Person.Amounts(entry.Role)),
        ];
        foreach (var (field, amount) in amounts)
            if (TaxRefusals.Unsigned(amount, $"/household/{field}") is { } problem) return problem;
        foreach (var (role, person) in Persons())
            if (TaxRefusals.Signed(person.NetProfit, $"/household/{role}/netProfit") is { } problem) return problem;
        if (TaxRefusals.TaxesAboveItemized(ItemizedTaxes, ItemizedDeductions, "/household/itemizedTaxes") is { } above) return above;
        foreach (var (role, person) in Persons())
            if (person.PlanProblem(role) is { } problem) return problem;
        return TaxRefusals.Signed(OtherIncome, "/household/otherIncome");
    }
}

/// <summary>One person of the return; US dollars for the whole year.</summary>
public sealed record TaxPerson
{
    /// <summary>65 or older by the end of the year (born before 2 January of the year 64 years earlier).</summary>
    public bool IsSixtyFiveOrOlder { get; init; }

    /// <summary>
    /// Age at the end of the year, where it is known; catch-up contributions to a plan begin at 50. It does not decide
    /// <see cref="IsSixtyFiveOrOlder"/>, which the law dates a day earlier.
    /// </summary>
    public int? Age { get; init; }

    /// <summary>Blind at the end of the year.</summary>
    public bool IsBlind { get; init; }

    /// <summary>Net profit or loss of all of this person's businesses (Schedule C line 31).</summary>
    public decimal NetProfit { get; init; }

    /// <summary>Wages (W-2 box 1).</summary>
    public decimal Wages { get; init; }

    /// <summary>Wages and tips under social security (W-2 boxes 3 and 7), where they differ from the wages.</summary>
    public decimal? SocialSecurityWages { get; init; }

    /// <summary>Wages under Medicare (W-2 box 5), where they differ from the wages.</summary>
    public decimal? MedicareWages { get; init; }

    /// <summary>Own health insurance paid for the months it may be deducted (Form 7206).</summary>
    public decimal HealthInsurancePremiums { get; init; }

    /// <summary>What goes into the person's own SEP plan for the year.</summary>
    public decimal SepContribution { get; init; }

    /// <summary>What goes into the person's own SIMPLE plan for the year, the match included.</summary>
    public decimal SimpleContribution { get; init; }

    /// <summary>What goes into the person's own solo 401(k) for the year: deferral, employer's part and catch-up.</summary>
    public decimal Solo401kContribution { get; init; }

    /// <summary>Deferrals into an employer's plan, which use up the same limit.</summary>
    public decimal DeferralsElsewhere { get; init; }

    /// <summary>The person with more put into a plan.</summary>
    internal TaxPerson Putting(PlanKind plan, decimal more) => plan switch
    {
        PlanKind.Sep => this with { SepContribution = SepContribution + more },
        PlanKind.Simple => this with { SimpleContribution = SimpleContribution + more },
        PlanKind.Solo401k => this with { Solo401kContribution = Solo401kContribution + more },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    internal Rejection? PlanProblem(string role) => TaxRefusals.SeveralPlans(
        [SepContribution, SimpleContribution, Solo401kContribution], $"/household/{role}/sepContribution");

    internal IEnumerable<(string Field, decimal Amount)> Amounts(string role) =>
    [
        ($"{role}/wages", Wages),
        ($"{role}/socialSecurityWages", SocialSecurityWages ?? 0),
        ($"{role}/medicareWages", MedicareWages ?? 0),
        ($"{role}/healthInsurancePremiums", HealthInsurancePremiums),
        ($"{role}/sepContribution", SepContribution),
        ($"{role}/simpleContribution", SimpleContribution),
        ($"{role}/solo401kContribution", Solo401kContribution),
        ($"{role}/deferralsElsewhere", DeferralsElsewhere),
        ($"{role}/age", Age ?? 0),
    ];
}
