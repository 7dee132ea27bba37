using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Exchange;

/// <summary>Agency timesheets to test with: our own small sample always, and a real one wherever it lies.</summary>
internal static class TimesheetFiles
{
    public static string Sample { get; } = Path.Combine(AppContext.BaseDirectory, "Exchange", "sample-agency-timesheet.csv");

    /// <summary>
    /// The real file is nobody's to publish, so it is no part of the repository: it is looked for where an environment
    /// variable says, then beside the repository. Nothing is skipped where there is none; the sample goes the same way.
    /// </summary>
    public static IEnumerable<string> All
    {
        get
        {
            yield return Sample;
            if (Environment.GetEnvironmentVariable("BILLING_TEST_AGENCY_TIMESHEET") is { Length: > 0 } named) yield return named;
            else if (Path.Combine(Repository.Folder, "..", "shared", "data", "agency-timesheet-2023.csv") is var beside && File.Exists(beside))
                yield return Path.GetFullPath(beside);
        }
    }
}
