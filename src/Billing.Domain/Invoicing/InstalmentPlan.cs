using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Invoicing;

/// <summary>
/// What is paid in parts, each by its own day. The parts sum to what is to be paid when the invoice is issued, and whatever pays the
/// invoice or is taken off it fills them, the earliest first: so how they stand depends on what is open alone.
/// </summary>
public static class InstalmentPlan
{
    public const int MaxParts = 36;

    private const int AllBasisPoints = 10_000;

    /// <summary>Refuses: <c>instalments-malformed</c>, <c>currency-mismatch</c>. None at all is no plan.</summary>
    public static Rejection? Refuse(
        IReadOnlyList<InstalmentWish> wishes, Currency currency, out IReadOnlyList<InstalmentTerm>? terms)
    {
        terms = wishes.Count == 0 ? null : [.. wishes.Select(wish => new InstalmentTerm(wish.DueOn, wish.Amount?.Minor, wish.BasisPoints))];
        if (terms is null) return null;
        if (wishes.Any(wish => wish.Amount is { } amount && amount.Currency != currency))
            return Invalid("currency-mismatch", $"This client is billed in {currency}. Say every instalment in it.");
        if (terms.Count is < 2 or > MaxParts) return Malformed($"A plan has 2 to {MaxParts} instalments.");
        if (!terms.All(term => term is { AmountMinor: > 0, BasisPoints: null })
            && !terms.All(term => term is { AmountMinor: null, BasisPoints: > 0 }))
        {
            return Malformed("Either each instalment has an amount of more than zero, or each has a share in basis points.");
        }
        return terms.Zip(terms.Skip(1)).All(pair => pair.First.DueOn < pair.Second.DueOn)
            ? null
            : Malformed("Each instalment is due after the one before it.");
    }

    /// <summary>The parts to the cent. Refuses: <c>instalments-differ</c>, <c>instalments-malformed</c>.</summary>
    /// <param name="toPay">What the plan is over.</param>
    /// <param name="issuedOn">The earliest day on which something can be due.</param>
    /// <param name="plan">Null for none, and where nothing is to be paid.</param>
    public static Rejection? Freeze(
        IReadOnlyList<InstalmentTerm>? terms, Money toPay, LocalDate issuedOn, out IReadOnlyList<Instalment>? plan)
    {
        plan = null;
        if (terms is null || toPay.IsZero) return null;
        if (terms[0].DueOn < issuedOn) return Malformed("No instalment is due before the invoice is issued.");
        if (terms[0].BasisPoints is null)
        {
            var sum = new Money(terms.Sum(term => term.AmountMinor ?? 0), toPay.Currency);
            if (sum != toPay) return Differ($"The instalments come to {sum}, but {toPay} is to be paid.");
            plan = [.. terms.Select(term => new Instalment(term.DueOn, term.AmountMinor ?? 0))];
            return null;
        }
        var shares = terms.Select(term => (long)(term.BasisPoints ?? 0)).ToList();
        if (shares.Sum() != AllBasisPoints)
            return Differ($"The shares of the instalments come to {shares.Sum()} basis points; all is {AllBasisPoints}.");
        var parts = LargestRemainder.Split(toPay.Minor, shares);
        if (parts.Contains(0)) return Malformed($"{toPay} is too little for so many instalments: one of them comes to nothing.");
        plan = [.. terms.Zip(parts, (term, minor) => new Instalment(term.DueOn, minor))];
        return null;
    }

    /// <summary>How the parts stand where so much is open of all of them.</summary>
    public static IReadOnlyList<DueInstalment> Standing(IReadOnlyList<Instalment> plan, long openMinor)
    {
        var filled = Math.Max(0, plan.Sum(part => part.AmountMinor) - Math.Max(0, openMinor));
        var standing = new List<DueInstalment>();
        foreach (var part in plan)
        {
            var paid = Math.Min(filled, part.AmountMinor);
            standing.Add(new DueInstalment(standing.Count + 1, part.DueOn, part.AmountMinor, paid));
            filled -= paid;
        }
        return standing;
    }

    private static Rejection Malformed(string detail) => Invalid("instalments-malformed", detail);

    private static Rejection Differ(string detail) => new("instalments-differ", detail, "/instalments");

    private static Rejection Invalid(string code, string detail) => new(code, detail, "/instalments", RejectionKind.Invalid);
}

/// <summary>A part that is wished for.</summary>
/// <param name="Amount">Null for a share.</param>
/// <param name="BasisPoints">Of what is to be paid: 2500 is a quarter; null for an amount.</param>
public sealed record InstalmentWish(LocalDate DueOn, Money? Amount, int? BasisPoints);

/// <summary>A part as a draft has it: an amount, or a share of what will be to pay.</summary>
public sealed record InstalmentTerm(LocalDate DueOn, long? AmountMinor, int? BasisPoints);

/// <summary>A part of a finalised invoice.</summary>
public sealed record Instalment(LocalDate DueOn, long AmountMinor);

/// <summary>A part and how it stands.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="PaidMinor">What payments, credit and credit notes fill of it.</param>
public sealed record DueInstalment(int Number, LocalDate DueOn, long AmountMinor, long PaidMinor)
{
    public long OpenMinor => AmountMinor - PaidMinor;
}
