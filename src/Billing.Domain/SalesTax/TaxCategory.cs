namespace Billing.Domain.SalesTax;

/// <summary>VAT categories by their codes in UNTDID 5305, as EN 16931 uses them.</summary>
public static class TaxCategory
{
    /// <summary>Taxed at a rate of more than zero.</summary>
    public const string Standard = "S";

    public const string ZeroRated = "Z";
    public const string Exempt = "E";

    /// <summary>The buyer owes the tax.</summary>
    public const string ReverseCharge = "AE";

    /// <summary>Exported out of the tax's territory.</summary>
    public const string Export = "G";

    /// <summary>No matter of this tax at all; never beside another category on one invoice (BR-O-11 to BR-O-14).</summary>
    public const string OutOfScope = "O";

    public static IReadOnlyList<string> All { get; } = [Standard, ZeroRated, Exempt, ReverseCharge, Export, OutOfScope];
}
