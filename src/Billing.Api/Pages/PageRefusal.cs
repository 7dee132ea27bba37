using Billing.Api.Http;
using Billing.Domain;

namespace Billing.Api.Pages;

/// <summary>Why what a form asked for was not done; <see cref="PageWords.Why"/> says it to people.</summary>
/// <param name="Code">Of the API's refusal, or one of the pages' own.</param>
/// <param name="Detail">As the API says it; null for the pages' own, which have words in every language.</param>
/// <param name="Field">JSON pointer into the command's body.</param>
public sealed record PageRefusal(string Code, string? Detail = null, string? Field = null)
{
    /// <summary>Where the wish has several parts: each one at fault.</summary>
    public IReadOnlyList<PageRefusal> Parts { get; init; } = [];

    /// <summary>Something that is needed was not filled in.</summary>
    public static PageRefusal LeftEmpty { get; } = new("left-empty");

    /// <summary>What the form was made from is not so any more.</summary>
    public static PageRefusal ChangedMeanwhile { get; } = new("changed-meanwhile");

    /// <summary>What the form is about is not there any more.</summary>
    public static PageRefusal EntryGone { get; } = new("entry-gone");

    public static PageRefusal FileTooLarge { get; } = new("body-too-large");

    public static PageRefusal Overloaded { get; } = new("overloaded");

    /// <summary>A clock time that is none.</summary>
    public static PageRefusal ClockUnreadable { get; } = new("clock-unreadable");

    /// <summary>An amount of money that is none.</summary>
    public static PageRefusal AmountUnreadable { get; } = new("amount-unreadable");

    public static PageRefusal Of(Rejection why) => new(why.Code, why.Detail, why.Field) { Parts = [.. why.Parts.Select(Of)] };

    public static PageRefusal Of(FieldProblem why) => new(why.Code, why.Detail, why.Pointer);

    public static PageRefusal Of(Problem why) => new(why.Code, why.Detail);
}
