using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Billing.TestSupport;
using Billing.TestSupport.Processes;

namespace Billing.Infra.Tests;

/// <summary>
/// The last stage of the Dockerfile on the one image that is to be had without a registry, with the program as this build made it and
/// the machine's .NET. The stage that builds the program needs Microsoft's SDK image and is not run here.
/// </summary>
public sealed partial class ImageTests
{
    private static readonly string[] Locked = ["--read-only", "--tmpfs", "/tmp", "--cap-drop=all", "--security-opt=no-new-privileges"];

    [Fact]
    public async Task The_image_serves_without_root_stops_in_time_and_has_the_verbs()
    {
        var id = Guid.NewGuid().ToString("N")[..12];
        await using var image = await Image.Build($"localhost/billing-infra:{id}", $"billing-infra-{id}");

        await image.Start(Locked);
        await image.BecomesReady();
        Assert.Equal("1654", (await image.Exec("id", "-u")).Trim());
        Assert.Matches(OwnerToken(), await image.Logs());
        Assert.DoesNotContain("warn:", await image.Logs(), StringComparison.Ordinal);
        Assert.DoesNotContain(".aspnet", await image.Exec("ls", "-A", "/data"), StringComparison.Ordinal);
        Assert.Equal(0, await image.Stop(seconds: 45));

        Assert.Contains("whole, ", await image.Verb(Locked, "verify"), StringComparison.Ordinal);
        Assert.Contains("is written", await image.Verb(Locked, "backup", "--to", "/data/copy.db"), StringComparison.Ordinal);
        await image.Start(Locked);
        await image.BecomesReady();
        Assert.DoesNotMatch(OwnerToken(), await image.Logs());
    }

    [GeneratedRegex("bill_[A-Za-z0-9_-]{43}")]
    private static partial Regex OwnerToken();

    /// <param name="id">Name of the container and of its volume.</param>
    private sealed class Image(string podman, string name, string id) : IAsyncDisposable
    {
        private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
        private static readonly string DotnetFolder = Path.GetDirectoryName(DotnetProcess.Dotnet)!;

        public static async Task<Image> Build(string name, string id)
        {
            if (Environment.GetEnvironmentVariable("BILLING_TEST_POSTGRES_IMAGE") is not { Length: > 0 } runtime)
                Require.Missing("there is no container engine with an image to build on (run the tests through .ci/containers)");
            else
            {
                var image = new Image(Require.Program("podman", "podman"), name, id);
                var stage = StandInForTheFirstStage();
                await image.Podman(
                    "build", "--network=none", "--file", InfraFiles.Dockerfile, "--build-arg", $"RUNTIME={runtime}",
                    "--build-context", $"build={stage.FullName}", "--tag", name, stage.FullName);
                stage.Delete(recursive: true);
                return image;
            }
            throw new InvalidOperationException("It was skipped.");
        }

        public Task<string> Start(string[] how) => Podman(["run", "--detach", "--name", id, .. how, .. Mounts, name]);

        public Task<string> Verb(string[] how, params string[] verb) => Podman(["run", "--rm", .. how, .. Mounts, name, .. verb]);

        /// <summary>By the very command that compose.yaml asks it with. At a first start the token comes a little later.</summary>
        public async Task BecomesReady()
        {
            var test = (await NodeCheck.Of(InfraFiles.Compose)).Service("compose.yaml", "api")["healthcheck"]!["test"]!.AsArray();
            string[] command = [.. test.Skip(1).Select(word => ((string)word!).Replace("$$", "$", StringComparison.Ordinal))];
            var clock = Stopwatch.StartNew();
            while ((await OtherProgram.Run(podman, ["exec", id, .. command])).ExitCode != 0
                || !(await Logs()).Contains("Serving on ", StringComparison.Ordinal))
            {
                var runs = (await Podman("inspect", "--format", "{{.State.Running}}", id)).Trim() == "true";
                if (!runs || clock.Elapsed > StartLimit) Assert.Fail($"It did not become ready; it printed:\n{await Logs()}");
                await Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken);
            }
        }

        public Task<string> Exec(params string[] command) => Podman(["exec", id, .. command]);

        public Task<string> Logs() => Podman("logs", id);

        /// <returns>The server's exit code.</returns>
        public async Task<int> Stop(int seconds)
        {
            await Podman("stop", "--time", FormattableString.Invariant($"{seconds}"), id);
            var code = await Podman("inspect", "--format", "{{.State.ExitCode}}", id);
            await Podman("rm", id);
            return int.Parse(code, CultureInfo.InvariantCulture);
        }

        public async ValueTask DisposeAsync()
        {
            await OtherProgram.Run(podman, "rm", "--force", "--time", "0", id);
            await OtherProgram.Run(podman, "volume", "rm", id);
            await OtherProgram.Run(podman, "rmi", "--force", name);
        }

        private string[] Mounts =>
        [
            "--volume", $"{DotnetFolder}:{DotnetFolder}:ro", "--env", $"PATH={DotnetFolder}:/usr/bin:/bin", "--volume", $"{id}:/data",
        ];

        private async Task<string> Podman(params string[] arguments)
        {
            var end = await OtherProgram.Run(podman, arguments);
            Assert.True(end.ExitCode == 0, $"podman {string.Join(' ', arguments)}:\n{end.Output}{end.Errors}");
            return end.Output + end.Errors;
        }

        /// <summary>A folder that lies as the first stage leaves it: <c>/app</c> and an empty <c>/data</c>.</summary>
        private static DirectoryInfo StandInForTheFirstStage()
        {
            var stage = Directory.CreateTempSubdirectory("billing-image-");
            stage.CreateSubdirectory("data");
            var (from, app) = (InfraFiles.Program, stage.CreateSubdirectory("app").FullName);
            foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(app, Path.GetRelativePath(from, path));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(path, copy);
            }
            return stage;
        }
    }
}
