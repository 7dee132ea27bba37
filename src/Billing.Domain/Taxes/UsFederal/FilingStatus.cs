using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>The five filing statuses of Form 1040.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "Single is the status's name on the form.")]
public enum FilingStatus
{
    Single,
    MarriedFilingJointly,
    MarriedFilingSeparately,
    HeadOfHousehold,
    QualifyingSurvivingSpouse,
}

/// <summary>The short codes of the filing statuses, as the API and the parameter files write them.</summary>
public static class FilingStatuses
{
    /// <summary>Every status once.</summary>
    public static ImmutableArray<FilingStatus> All { get; } = [.. Enum.GetValues<FilingStatus>()];

    /// <summary><c>single</c>, <c>mfj</c>, <c>mfs</c>, <c>hoh</c> or <c>qss</c>.</summary>
    public static string Code(this FilingStatus status) => status switch
    {
        FilingStatus.Single => "single",
        FilingStatus.MarriedFilingJointly => "mfj",
        FilingStatus.MarriedFilingSeparately => "mfs",
        FilingStatus.HeadOfHousehold => "hoh",
        FilingStatus.QualifyingSurvivingSpouse => "qss",
        _ => throw new UnreachableException(),
    };

    /// <summary>The status of a code; false where the text is none of the five.</summary>
    public static bool TryParse(string? code, out FilingStatus status)
    {
        foreach (var candidate in All)
        {
            status = candidate;
            if (candidate.Code() == code) return true;
        }
        status = default;
        return false;
    }
}
