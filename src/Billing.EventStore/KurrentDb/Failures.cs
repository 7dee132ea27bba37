using System.Globalization;
using Billing.EventStore.Port;
using Grpc.Core;

namespace Billing.EventStore.KurrentDb;

/// <summary>What the server's refusals mean. They come as a status and a trailer <c>exception</c>.</summary>
internal static class Failures
{
    /// <summary>What a node answers with status Unknown while an election is on.</summary>
    private const string NobodyLeads = "No leader info available in response";

    /// <summary>True where another try, perhaps at another node, may go better.</summary>
    public static bool IsOfTheConnection(Exception failure) => failure switch
    {
        RpcException rpc => rpc.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Aborted
            or StatusCode.DeadlineExceeded or StatusCode.Internal || IsNotLeader(rpc)
            || rpc.Status.Detail == NobodyLeads,
        IOException or TimeoutException or HttpRequestException => true,
        _ => false,
    };

    public static bool IsNotLeader(Exception failure) =>
        failure is RpcException rpc && Trailer(rpc, "exception") == "not-leader";

    /// <summary>Who leads, where a node answered that it does not itself.</summary>
    public static KurrentEndpoint? Leader(Exception failure) =>
        failure is RpcException rpc && IsNotLeader(rpc) && Trailer(rpc, "leader-endpoint-host") is { } host
        && int.TryParse(Trailer(rpc, "leader-endpoint-port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new KurrentEndpoint(host, port)
            : null;

    public static EventStoreException Of(RpcException failure, KurrentNode node) => new(
        Trailer(failure, "exception") switch
        {
            "access-denied" =>
                $"KurrentDB at {node.Endpoint} refuses this user: check user and password in the connection string.",
            "stream-deleted" =>
                $"A book was deleted on KurrentDB at {node.Endpoint} ({failure.Status.Detail}): restore it from a backup.",
            _ when failure.Status.Detail.Replace(" ", "", StringComparison.Ordinal)
                .Contains("invalidposition", StringComparison.OrdinalIgnoreCase) =>
                $"KurrentDB at {node.Endpoint} has no event at the position from which the feed was asked for. "
                + "It is the position of another store: rebuild the read models.",
            _ when failure.StatusCode == StatusCode.Unauthenticated =>
                $"KurrentDB at {node.Endpoint} does not know this user: check user and password in the connection string.",
            _ when IsOfTheConnection(failure) =>
                $"KurrentDB at {node.Endpoint} does not answer: {failure.Status.Detail}. Check that it runs and can be reached.",
            _ => $"KurrentDB at {node.Endpoint} refused a request: {failure.Status.Detail} ({failure.StatusCode}).",
        },
        failure);

    private static string? Trailer(RpcException failure, string key) => failure.Trailers.GetValue(key);
}
