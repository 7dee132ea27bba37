using System.Globalization;
using Grpc.Core;

namespace Billing.KurrentStandIn.Services;

/// <summary>The server's refusals: a status, and trailers that a client tells them apart by.</summary>
internal static class Refusals
{
    public static RpcException NotLeader(StandInNode leader) => new(
        new Status(StatusCode.NotFound, "Leader info available"),
        new Metadata
        {
            { "exception", "not-leader" },
            { "leader-endpoint-host", "127.0.0.1" },
            { "leader-endpoint-port", leader.Port.ToString(CultureInfo.InvariantCulture) },
        });

    public static RpcException Unauthenticated() => new(new Status(StatusCode.Unauthenticated, "Bad credentials"));

    public static RpcException MaxAppendSizeExceeded(int most) => new(
        new Status(StatusCode.InvalidArgument, $"Maximum Append Size of {most} Exceeded."),
        new Metadata
        {
            { "exception", "maximum-append-size-exceeded" },
            { "maximum-append-size", most.ToString(CultureInfo.InvariantCulture) },
        });

    public static RpcException MissingMetadata(string property) => new(
        new Status(StatusCode.InvalidArgument, $"Required Metadata Property '{property}' is missing"),
        new Metadata
        {
            { "exception", "missing-required-metadata-property" },
            { "required-metadata-properties", "type,content-type" },
        });

    public static RpcException Invalid(string detail) => new(new Status(StatusCode.InvalidArgument, detail));

    public static RpcException InvalidCombination(object combination) => Invalid($"The combination of {combination} is invalid.");

    /// <summary>A read of pages fails so; a subscription is told in clearer words.</summary>
    public static RpcException InvalidPositionOfRead() =>
        new(new Status(StatusCode.Unknown, "Unexpected FilteredReadAllResult: InvalidPosition"));

    public static RpcException InvalidPositionOfSubscription() => Invalid("Trying to read from an invalid position.");
}
