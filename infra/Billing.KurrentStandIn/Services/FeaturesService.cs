using Billing.KurrentStandIn.Protocol;
using Grpc.Core;

namespace Billing.KurrentStandIn.Services;

/// <summary>Tells what the server can do; names are in lower case, as the real one has them.</summary>
internal sealed class FeaturesService(StandInNode node) : ServerFeatures.ServerFeaturesBase
{
    private const string Streams = "event_store.client.streams.streams";

    public override Task<SupportedMethods> GetSupportedMethods(Empty request, ServerCallContext context)
    {
        Access.Check(node, context);
        var told = new SupportedMethods
        {
            EventStoreServerVersion = node.Cluster.Options.HasBatchAppend ? "23.10.0" : "20.10.0",
            Methods =
            {
                new SupportedMethod { ServiceName = Streams, MethodName = "read", Features = { "position", "events" } },
                new SupportedMethod { ServiceName = Streams, MethodName = "append" },
                new SupportedMethod { ServiceName = "event_store.client.gossip.gossip", MethodName = "read" },
            },
        };
        if (node.Cluster.Options.HasBatchAppend)
        {
            told.Methods.Add(
                new SupportedMethod { ServiceName = Streams, MethodName = "batchappend", Features = { "deadline_duration" } });
        }
        return Task.FromResult(told);
    }
}
