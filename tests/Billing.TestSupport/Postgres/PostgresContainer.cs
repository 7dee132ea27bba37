using DotNet.Testcontainers.Images;
using Testcontainers.PostgreSql;

namespace Billing.TestSupport.Postgres;

/// <summary>
/// A PostgreSQL server in a container, shared by a test assembly. <c>BILLING_TEST_POSTGRES_IMAGE</c> names the image, which
/// the engine must have already; <c>.ci/containers</c> makes image and engine.
/// </summary>
public static class PostgresContainer
{
    private const string DefaultImage = "localhost/billing-postgres:15";
    private const string UsualSocket = "/var/run/docker.sock";

    private static readonly Lazy<Task<(string? ConnectionString, string Reason)>> Started = new(Start);

    /// <summary>Its connection string, or null and the reason why there is none.</summary>
    public static Task<(string? ConnectionString, string Reason)> Find() => Started.Value;

    private static async Task<(string? ConnectionString, string Reason)> Start()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DOCKER_HOST")) && !File.Exists(UsualSocket))
            return (null, "there is no container engine (run the tests through .ci/containers)");
        var image = Environment.GetEnvironmentVariable("BILLING_TEST_POSTGRES_IMAGE") is { Length: > 0 } named ? named : DefaultImage;
        try
        {
            var container = new PostgreSqlBuilder(image)
                .WithImagePullPolicy(PullPolicy.Never)
                .WithCommand("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=300")
                .Build();
            await container.StartAsync().ConfigureAwait(false);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => container.DisposeAsync().AsTask().Wait();
            return (container.GetConnectionString(), "");
        }
        catch (Exception failure)
        {
            return (null, $"the container engine could not start {image}: {failure.Message}");
        }
    }
}
