using Billing.Domain.Taxes.UsFederal;

namespace Billing.Domain.Taxes.Parameters;

/// <summary>Whether the rates of a parameter file make a schedule.</summary>
internal static class BracketCheck
{
    /// <summary>
    /// Sentences about what is wrong; none where all is well. Brackets start at nothing, touch, rise, and carry the tax of all below
    /// them.
    /// </summary>
    /// <param name="mayBeginUntaxed">
    /// Whether the first bracket may have a rate of nothing. What follows such a part, and only that, may begin with an amount.
    /// </param>
    public static IEnumerable<string> Problems(IReadOnlyList<TaxBracket> brackets, FilingStatus status, bool mayBeginUntaxed)
    {
        var (over, tax, rate) = (0m, 0m, mayBeginUntaxed ? -1m : 0m);
        for (var i = 0; i < brackets.Count; i++)
        {
            var bracket = brackets[i];
            var name = $"bracket {i} of {status.Code()}";
            var mayBeginWithAmount = mayBeginUntaxed && rate == 0;
            if (bracket.Over != over) yield return $"{name} does not start where the last one ends";
            if (bracket.BaseTax != tax && !(mayBeginWithAmount && bracket.BaseTax > tax))
                yield return $"{name} has another base tax than {tax}";
            if (bracket.Rate <= rate || bracket.Rate >= 1) yield return $"{name} has no rising rate";
            if (bracket.UpTo is null != (i == brackets.Count - 1)) yield return $"{name} ends wrongly";
            if (bracket.UpTo is not { } upTo) continue;
            if (upTo <= bracket.Over) yield return $"{name} is empty";
            (over, tax, rate) = (upTo, bracket.BaseTax + (bracket.Rate * (upTo - bracket.Over)), bracket.Rate);
        }
        if (brackets.Count == 0) yield return $"{status.Code()} has no brackets";
    }
}
