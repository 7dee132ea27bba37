using Billing.Domain;
using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Dependencies;

public sealed class DependencyTests
{
    [Fact]
    public void References_follow_the_table() =>
        Finding.AssertNone(Repository.Files.Where(ProjectFile.IsOne).Select(ProjectFile.Read).SelectMany(DependencyRules.Check));

    [Fact]
    public void The_five_projects_and_the_stand_ins_are_there() => Assert.Equal(
        [
            "Billing.KurrentStandIn", "Billing.StripeStandIn", "Billing.Api", "Billing.Cli", "Billing.Domain", "Billing.EventStore",
            "Billing.Projections",
        ],
        Repository.Files.Where(f => ProjectFile.IsOne(f) && f.IsIn("src", "infra")).Select(f => ProjectFile.Read(f).Name));

    [Fact]
    public void The_compiled_domain_knows_only_NodaTime()
    {
        var compiledAgainst = typeof(Rejection).Assembly.GetReferencedAssemblies().Select(a => a.Name!).ToList();

        Assert.Equal("Billing.Domain", typeof(Rejection).Assembly.GetName().Name);
        Assert.Contains("NodaTime", compiledAgainst);
        Assert.Empty(DependencyRules.ForeignToTheDomain(compiledAgainst));
    }

    [Theory]
    [InlineData("Microsoft.Data.Sqlite")]
    [InlineData("Billing.EventStore")]
    [InlineData("SystemExtras")]
    public void A_foreign_assembly_is_found(string name) =>
        Assert.Equal([name], DependencyRules.ForeignToTheDomain(["System.Runtime", "NodaTime", name]));

    [Theory]
    [InlineData("src/Billing.EventStore", "<ProjectReference Include='../Billing.Projections/Billing.Projections.csproj'/>")]
    [InlineData("src/Billing.Domain", "<ProjectReference Include='..\\Billing.EventStore\\Billing.EventStore.csproj'/>")]
    [InlineData("src/Billing.Domain", "<PackageReference Include='Dapper'/>")]
    [InlineData("src/Billing.Domain", "<FrameworkReference Include='Microsoft.AspNetCore.App'/>")]
    [InlineData("src/Billing.EventStore", "<FrameworkReference Include='Microsoft.AspNetCore.App'/>")]
    [InlineData("src/Billing.Projections", "<PackageReference Include='MediatR'/>")]
    [InlineData("infra/Billing.StripeStandIn", "<PackageReference Include='Stripe.net'/>")]
    [InlineData("infra/Billing.KurrentStandIn", "<PackageReference Include='Grpc.Net.Client'/>")]
    [InlineData("src/Billing.Cli", "<ProjectReference Include='../Billing.Api/Billing.Api.csproj'/>")]
    [InlineData("src/Billing.Reports", "")]
    public void A_reference_against_the_table_is_found(string folder, string item) =>
        Assert.Single(DependencyRules.Check(Project(folder, item)));

    [Theory]
    [InlineData("src/Billing.Domain", "<PackageReference Include='NodaTime'/>")]
    [InlineData("src/Billing.Domain", "<PackageReference Include='Some.Analyzers' PrivateAssets='all'/>")]
    [InlineData("src/Billing.EventStore", "<PackageReference Include='Microsoft.Data.Sqlite'/>")]
    [InlineData("src/Billing.Api", "<PackageReference Include='MediatR'/>")]
    [InlineData("infra/Billing.KurrentStandIn", "<PackageReference Include='Grpc.AspNetCore.Server'/>")]
    [InlineData("tests/Billing.Any.Tests", "<PackageReference Include='Stripe.net'/>")]
    public void A_reference_of_the_table_is_let_through(string folder, string item) =>
        Assert.Empty(DependencyRules.Check(Project(folder, item)));

    [Fact]
    public void The_web_sdk_counts_as_its_framework()
    {
        var project = new SourceFile("src/Billing.Projections/Billing.Projections.csproj", "<Project Sdk='Microsoft.NET.Sdk.Web'/>");

        Assert.Single(DependencyRules.Check(ProjectFile.Read(project)));
    }

    private static ProjectFile Project(string folder, string item) => ProjectFile.Read(new SourceFile(
        $"{folder}/{folder[(folder.IndexOf('/', StringComparison.Ordinal) + 1)..]}.csproj",
        $"<Project Sdk='Microsoft.NET.Sdk'><ItemGroup>{item}</ItemGroup></Project>"));
}
