using Billing.Api.Http;
using Billing.Domain.Values;

namespace Billing.Api.Taxes;

/// <summary>How the rest of the year is thought to go.</summary>
/// <param name="Code">One of the names below.</param>
/// <param name="OwnNetProfit">Of the whole year, in US dollars; with <see cref="OwnNumber"/>.</param>
public sealed record ProjectionChoice(string Code, decimal? OwnNetProfit = null)
{
    public const string RunRate = "run-rate";
    public const string YearToDate = "year-to-date";
    public const string OwnNumber = "own-number";
    public const string Seasonal = "seasonal";

    public static IReadOnlyList<string> All { get; } = [RunRate, YearToDate, OwnNumber, Seasonal];

    /// <summary>What holds where nobody says otherwise.</summary>
    public static ProjectionChoice Default { get; } = new(RunRate);

    /// <param name="code">Null where only the own number is said, or nothing.</param>
    /// <param name="own">Of the whole year.</param>
    /// <param name="currency">What the year is counted in; null for US dollars.</param>
    /// <returns>Null where the two do not fit together.</returns>
    public static ProjectionChoice? Of(string? code, Money? own, Currency? currency = null) => (code, own) switch
    {
        (null or RunRate, null) => Default,
        (YearToDate or Seasonal, null) => new ProjectionChoice(code),
        (null or OwnNumber, { } profit) when profit.Currency == (currency ?? Currency.Usd) =>
            new ProjectionChoice(OwnNumber, profit.ToDecimal()),
        _ => null,
    };

    /// <summary>As <c>projection</c> and <c>netProfit</c> of the address say; notes on the call what does not fit.</summary>
    /// <param name="counted">What the year is counted in; null for US dollars.</param>
    public static ProjectionChoice From(QueryCall call, Currency? counted = null)
    {
        var currency = counted ?? Currency.Usd;
        var code = call.OneOf("projection", All);
        Money? own = null;
        if (call.Text("netProfit") is { } text)
        {
            if (Money.TryParse(text, currency, out var amount)) own = amount;
            else call.Refuse("netProfit", "malformed", $"netProfit is a whole year's profit in {currency.Code}, such as 48000.00.");
        }
        if (call.Errors.Count > 0) return Default;
        if (Of(code, own, currency) is { } choice) return choice;
        call.Refuse("netProfit", "malformed", "netProfit goes with projection=own-number, and with nothing else.");
        return Default;
    }
}
