using System.Text;
using Grpc.Core;

namespace Billing.KurrentStandIn.Services;

/// <summary>Who may ask, and whether this node is the one to ask.</summary>
internal static class Access
{
    public static void Check(StandInNode node, ServerCallContext context)
    {
        var options = node.Cluster.Options;
        if (options.User is null) return;
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}"));
        if (context.RequestHeaders.GetValue("authorization") != $"Basic {credentials}") throw Refusals.Unauthenticated();
    }

    /// <summary>A follower passes on what does not require the leader.</summary>
    public static void CheckLeads(StandInNode node, ServerCallContext context)
    {
        var required = bool.TryParse(context.RequestHeaders.GetValue("requires-leader"), out var flag) && flag;
        if (required && !node.IsLeader) throw Refusals.NotLeader(node.Cluster.Leader);
    }
}
