using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Billing.Api.Hosting;
using Microsoft.Extensions.Configuration;

namespace Billing.Infra.Tests;

public sealed partial class SettingNamesTests
{
    public static TheoryData<string> Files() =>
    [
        .. InfraFiles.All.Concat([InfraFiles.Of("README.md"), InfraFiles.Of("docs", "operations.md")])
            .Select(path => Path.GetRelativePath(InfraFiles.Repository, path)),
    ];

    [Theory, MemberData(nameof(Files))]
    public void Every_setting_that_is_named_exists(string file)
    {
        var text = File.ReadAllText(InfraFiles.Of(file));

        Assert.Empty(Named(text).Where(name => !Exists(name)).Distinct());
    }

    [Fact]
    public void The_files_do_name_settings()
    {
        var names = InfraFiles.All.SelectMany(path => Named(File.ReadAllText(path))).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(
            new HashSet<string>(["Billing__Postgres", "Billing__KurrentDb", "Billing__DataFolder", "Billing__Proxies__0"]), names);
    }

    [Theory]
    [InlineData("Billing__Stripe__WebhookSecrets__0", true)]
    [InlineData("Billing:Mail:Host", true)]
    [InlineData("Billing__Stripe__WebhookSecret", false)]
    [InlineData("Billing__Stripe__WebhookSecrets__first", false)]
    [InlineData("Billing__postgres", false)]
    [InlineData("Billing__EventFile", false)]
    public void A_name_is_the_path_to_what_can_be_set(string name, bool exists) => Assert.Equal(exists, Exists(name));

    [Theory]
    [InlineData("compose.yaml", "postgres")]
    [InlineData("compose.kurrentdb.yaml", "kurrentdb")]
    public async Task What_compose_sets_makes_a_server(string last, string store)
    {
        var check = await NodeCheck.Of(InfraFiles.Compose);
        var names = check.Documents.Select(d => d.File).TakeWhile(file => file != last).Append(last);
        var settings = names.SelectMany(file => check.Service(file, "api")["environment"]!.AsObject());

        Assert.Equal(store, Usable(settings).Store);
    }

    [Fact]
    public async Task What_the_manifests_set_makes_a_server()
    {
        var check = await NodeCheck.Of(InfraFiles.Manifests);
        var settings = check.Kind("ConfigMap").Single()["data"]!.AsObject().Concat(check.Kind("Secret").Single()["stringData"]!.AsObject());

        Assert.Equal("postgres", Usable(settings).Store);
    }

    private static BillingOptions Usable(IEnumerable<KeyValuePair<string, JsonNode?>> settings)
    {
        var given = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in settings)
            given[name.Replace("__", ":", StringComparison.Ordinal)] = Variable().Replace((string)value!, "x");
        var options = new ConfigurationBuilder().AddInMemoryCollection(given).Build().GetSection("Billing").Get<BillingOptions>()!;
        Assert.Null(options.Fault());
        return options;
    }

    private static IEnumerable<string> Named(string text) => Name().Matches(text).Select(m => m.Value);

    private static bool Exists(string name)
    {
        var type = typeof(BillingOptions);
        foreach (var part in name.Split("__").SelectMany(piece => piece.Split(':')).Skip(1))
        {
            var isIndex = IsList(type) && int.TryParse(part, CultureInfo.InvariantCulture, out _);
            var property = type.GetProperty(part, BindingFlags.Public | BindingFlags.Instance);
            var canBeSet = property is not null && (property.CanWrite || IsList(property.PropertyType));
            if (!isIndex && !canBeSet) return false;
            type = isIndex ? type.GetGenericArguments()[0] : property!.PropertyType;
        }
        return true;

        static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>);
    }

    [GeneratedRegex(@"\bBilling(__[A-Za-z0-9]+)+|\bBilling(:[A-Z0-9][A-Za-z0-9]*)+", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Variable();
}
