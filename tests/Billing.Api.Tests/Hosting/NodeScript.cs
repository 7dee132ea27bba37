using System.Diagnostics;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.TestSupport;

namespace Billing.Api.Tests.Hosting;

/// <summary>Scripts beside others' Node libraries, which judge what we do.</summary>
internal static class NodeScript
{
    /// <param name="folder">Of the script, below <c>tests/</c>.</param>
    /// <param name="library">What it needs; the test is skipped where it is not there.</param>
    public static (int Code, string Output) Run(string folder, string library, string script, JsonNode input)
    {
        var place = Path.Combine(Repository.Folder, "tests", folder);
        if (!Directory.Exists(Path.Combine(place, "node_modules", library)))
            Require.Missing($"the Node library {library}; run npm ci in tests/{folder}");
        var path = Path.Combine(Path.GetTempPath(), $"billing-{folder}-{Guid.NewGuid():N}.json");
        try
        {
            File.WriteAllText(path, input.ToJsonString());
            using var process = Process.Start(new ProcessStartInfo("node", [script, path])
            {
                WorkingDirectory = place,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
