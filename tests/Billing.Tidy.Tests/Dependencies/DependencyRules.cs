using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Dependencies;

/// <summary>The table of docs/architecture.md.</summary>
internal static class DependencyRules
{
    private const string Domain = "Billing.Domain";
    private const string EventStore = "Billing.EventStore";
    private const string Projections = "Billing.Projections";
    private const string Api = "Billing.Api";
    private const string Cli = "Billing.Cli";
    private const string StripeStandIn = "Billing.StripeStandIn";
    private const string KurrentStandIn = "Billing.KurrentStandIn";

    /// <summary>Each product project with the projects that it may reference, however far down.</summary>
    private static readonly Dictionary<string, string[]> MayReference = new(StringComparer.Ordinal)
    {
        [Domain] = [],
        [EventStore] = [Domain],
        [Projections] = [Domain, EventStore],
        [Api] = [Domain, EventStore, Projections, StripeStandIn],
        [Cli] = [],
        [StripeStandIn] = [],
        [KurrentStandIn] = [],
    };

    /// <summary>Packages and frameworks that only the outermost project knows.</summary>
    private static readonly HashSet<string> OnlyOfTheApi =
        new(["MediatR", "Stripe.net", "Microsoft.AspNetCore.App"], StringComparer.Ordinal);

    private static readonly HashSet<string> PackagesOfTheDomain = new(["NodaTime"], StringComparer.Ordinal);

    /// <summary>It speaks gRPC, and knows no client of the server that it plays.</summary>
    private static readonly HashSet<string> PackagesOfTheKurrentStandIn =
        new(["Google.Protobuf", "Grpc.AspNetCore.Server"], StringComparer.Ordinal);

    public static IEnumerable<Finding> Check(ProjectFile project)
    {
        if (!project.Source.IsIn("src", "infra")) return [];
        if (!MayReference.TryGetValue(project.Name, out var allowed))
            return [project.Source.AtLine(1, "is not in the dependency table: add it there and to docs/architecture.md")];
        return project.Projects.Except(allowed).Concat(Packages(project)).Select(what => project.Source.AtLine(1, $"references {what}"));
    }

    /// <summary>What the domain's assembly was compiled against, but for the base libraries.</summary>
    public static IEnumerable<string> ForeignToTheDomain(IEnumerable<string> assemblies) => assemblies.Where(
        name => !PackagesOfTheDomain.Contains(name) && name != "System" && !name.StartsWith("System.", StringComparison.Ordinal));

    private static IEnumerable<string> Packages(ProjectFile project) => project.Name switch
    {
        Api => [],
        Domain => project.Packages.Except(PackagesOfTheDomain).Concat(project.Frameworks),
        StripeStandIn => project.Packages,
        KurrentStandIn => project.Packages.Except(PackagesOfTheKurrentStandIn),
        _ => project.Packages.Concat(project.Frameworks).Where(OnlyOfTheApi.Contains),
    };
}
