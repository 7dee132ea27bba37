namespace Billing.Domain.Taxes.UsFederal;

/// <summary>One cause of a difference, with what it alone did to the year. US dollars to the cent, positive for more.</summary>
/// <param name="Code">One of the names below.</param>
public sealed record ChangeReason(string Code, decimal TotalTax, decimal Required)
{
    /// <summary>Another version of the figures of the law.</summary>
    public const string Parameters = "parameters";

    /// <summary>What became known later of the days that the estimate before had counted, and what the filer says now.</summary>
    public const string Corrections = "corrections";

    /// <summary>The days since, with what came and went on them.</summary>
    public const string Time = "time";

    /// <summary>Another way to think of the rest of the year.</summary>
    public const string Projection = "projection";
}

/// <summary>How an estimate came to differ from one before it.</summary>
/// <param name="Lines">Every line of the year that differs, as <see cref="EstimateComparison"/> has them.</param>
/// <param name="Reasons">Those that did something; together they are the whole difference.</param>
public sealed record EstimateChanges(IReadOnlyList<LineDifference> Lines, IReadOnlyList<ChangeReason> Reasons)
{
    /// <param name="steps">
    /// The estimate again and again, each with one more thing as it is now; the last one with all of them. One that could not be
    /// made is null, and its effect counts to the next.
    /// </param>
    public static EstimateChanges Of(TaxEstimate before, IReadOnlyList<(string Reason, TaxEstimate? Estimate)> steps)
    {
        var after = steps[^1].Estimate ?? throw new ArgumentException("The last estimate is there.", nameof(steps));
        var reasons = new List<ChangeReason>();
        var from = before;
        foreach (var (code, estimate) in steps)
        {
            if (estimate is null) continue;
            var reason = new ChangeReason(
                code, estimate.Annual.Total.Amount - from.Annual.Total.Amount,
                estimate.Required.Required.Amount - from.Required.Required.Amount);
            if (reason.TotalTax != 0 || reason.Required != 0) reasons.Add(reason);
            from = estimate;
        }
        return new EstimateChanges(EstimateComparison.Of(before.Lines, after.Lines).Lines, reasons);
    }
}
