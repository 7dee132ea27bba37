using Billing.KurrentStandIn.Protocol;
using Grpc.Core;
using static Billing.KurrentStandIn.Protocol.MemberInfo.Types;

namespace Billing.KurrentStandIn.Services;

/// <summary>Tells who is in the cluster and who leads.</summary>
internal sealed class GossipService(StandInNode node) : Gossip.GossipBase
{
    public override Task<ClusterInfo> Read(Empty request, ServerCallContext context)
    {
        Access.Check(node, context);
        var told = new ClusterInfo();
        foreach (var member in node.Cluster.Nodes)
        {
            told.Members.Add(new MemberInfo
            {
                InstanceId = WireForms.Uuid(member.InstanceId, asText: false),
                TimeStamp = node.Cluster.Options.TimeProvider.GetUtcNow().Ticks,
                State = member.IsLeader ? VNodeState.Leader : VNodeState.Follower,
                IsAlive = member.IsAlive,
                HttpEndPoint = new EndPoint { Address = "127.0.0.1", Port = (uint)member.Port },
            });
        }
        return Task.FromResult(told);
    }
}
