using Xunit;

namespace Billing.TestSupport;

/// <summary>
/// What a test needs of its surroundings. Missing, the test is skipped with the reason in words; with
/// <c>BILLING_TESTS_REQUIRE=all</c> it fails, so that a build server never passes by skipping.
/// </summary>
public static class Require
{
    /// <summary>Full path of a program on the PATH.</summary>
    public static string Program(string name, string debianPackage)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path)) return path;
        }
        Missing($"the program {name} is not installed (Debian: apt-get install {debianPackage})");
        return name;
    }

    /// <summary>Skips, or fails where everything is required.</summary>
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("BILLING_TESTS_REQUIRE") == "all")
            Assert.Fail($"BILLING_TESTS_REQUIRE=all, but {reason}.");
        Assert.Skip($"Skipped: {reason}.");
    }
}
