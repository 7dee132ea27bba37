using Billing.Api.Pages;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Refusals;

/// <summary>What the forms of assistants and of expenses can be refused with is said in the language of the page.</summary>
public sealed class RefusalWordsTests
{
    /// <summary>Where their commands are decided and their bodies read.</summary>
    private static readonly string[] Sources =
    [
        "Billing.Domain/TimeTracking/*.cs", "Billing.Domain/Expenses/Expense*.cs", "Billing.Domain/Expenses/ReceiptType.cs",
        "Billing.Domain/Access/PeriodLock.cs", "Billing.Domain/Values/Wording.cs", "Billing.Api/TimeTracking/*.cs",
        "Billing.Api/Expenses/Expense*.cs", "Billing.Api/Expenses/ReceiptEndpoints.cs", "Billing.Api/Commands/*.cs",
        "Billing.Api/Http/BodyBinder.cs", "Billing.Domain/Access/Business.Look.cs", "Billing.Projections/Documents/Images/LogoRefusals.cs",
    ];

    /// <summary>Codes of the same sources that no form can meet.</summary>
    private static readonly HashSet<string> OfOthers = new(StringComparer.Ordinal)
    {
        // Of what these forms do not send: other members' time, tags, trips, vehicles, shares, parts of an amount, addresses.
        "not-own-time", "member-unknown", "tags-too-many", "not-a-trip",
        "business-share-out-of-range", "business-share-twice", "address-too-long", "email-malformed",
        "engagement-of-another-client", "mark-up-malformed",
        // Of other commands: what an owner does with weeks and policies, invoices, forgotten timers resolved in pieces.
        "week-approved", "week-not-handed-in", "threshold-negative", "entry-not-billable", "expense-not-rebillable",
        "piece-outside-timer", "pieces-out-of-order", "pieces-out-of-range", "resolution-unknown",
        // Of JSON, which forms are not, of hashes and revisions, which the server and the script make, and of what is no refusal.
        "not-json", "not-an-object", "unknown-field", "wrong-type", "receipt-hash-malformed", "revision-not-positive",
        "revision-superseded", "receipt-file-missing", "paid-first",
    };

    /// <summary>Given by name from other subjects' sources.</summary>
    private static readonly string[] FromElsewhere = ["client-unknown", "engagement-unknown", "read-model-behind"];

    public static TheoryData<string> Codes => [.. CodesOfSources().Except(OfOthers).Concat(FromElsewhere).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_that_a_form_can_meet_has_a_german_sentence(string code)
    {
        var said = PageWords.In("de").Why(new PageRefusal(code, "In English."));

        Assert.NotEqual("In English.", said);
    }

    [Fact]
    public void What_english_pages_do_not_say_themselves_the_api_says() =>
        Assert.Equal("In English.", PageWords.In("en").Why(new PageRefusal("time-overlap", "In English.")));

    [Fact]
    public void Only_codes_that_there_are_have_words_or_are_left_out()
    {
        var known = CodesOfSources().ToHashSet(StringComparer.Ordinal);
        known.UnionWith(FromElsewhere);

        Assert.Empty(OfOthers.Except(known));
        Assert.DoesNotContain(
            PageWords.In("de").Keys.Where(key => key.StartsWith(PageWords.Refused, StringComparison.Ordinal))
                .Except(PageWords.In("en").Keys).Select(key => key[PageWords.Refused.Length..]),
            code => !known.Contains(code) || OfOthers.Contains(code));
    }

    private static IEnumerable<string> CodesOfSources() => Sources
        .SelectMany(place => Directory.EnumerateFiles(
            Path.Combine(Repository.Folder, "src", Path.GetDirectoryName(place)!), Path.GetFileName(place)))
        .SelectMany(ProblemTableTests.CodesOf)
        .Distinct();
}
