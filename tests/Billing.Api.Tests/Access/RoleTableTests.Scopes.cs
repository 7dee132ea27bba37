using Billing.Api.Access;
using Billing.Api.Tests.Http;
using Billing.Domain.Access;

namespace Billing.Api.Tests.Access;

/// <content>Tokens that may do less than their member.</content>
public sealed partial class RoleTableTests
{
    private readonly Dictionary<string, string> _scoped = new(StringComparer.Ordinal);

    [Fact]
    public void Every_address_has_an_area_and_every_row_of_the_table_has_an_address()
    {
        var rows = RoleTable.Table.Keys.Select(name => ScopeAreas.RowOf(name.Split(' ')[1])).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(null, rows);
        Assert.Equal(ScopeAreas.Table.Keys.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
        Assert.Equal(
            TokenScopes.Areas.Order(StringComparer.Ordinal),
            ScopeAreas.Table.Values.Where(area => area != "any").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_writes_nothing_asks_to_read()
    {
        foreach (var name in RoleTable.Table.Keys.Where(name => name != "POST /mcp"))
        {
            var asksOnly = name.StartsWith("GET ", StringComparison.Ordinal) || name.Contains(":preview-", StringComparison.Ordinal)
                || name.EndsWith(":what-if", StringComparison.Ordinal) || name.EndsWith(":simulate", StringComparison.Ordinal);
            Assert.Equal((name, !asksOnly), (name, Needed(name).Writes));
        }
    }

    [Fact]
    public async Task Every_endpoint_asks_for_its_own_scope_and_for_no_other()
    {
        var faults = new List<string>();
        var useful = RoleScopesOfOwner();
        foreach (var name in RoleTable.Table.Keys)
        {
            var needed = Needed(name);
            if (needed.Name is not { } own)
            {
                if (await Ask(name, await Scoped(["time:read"])) is { Code: 403 } shut) faults.Add($"{name}: {shut}");
                continue;
            }
            // Who may write may read; who may read may not write.
            var others = useful.Where(scope => scope != own && (needed.Writes || scope != TokenScopes.Name(needed.Area!, writes: true)));
            var refused = await Ask(name, await Scoped([.. others]));
            if (refused.ProblemCode != "scope-not-allowed" || !refused.Text.Contains($"the scope {own};", StringComparison.Ordinal)
                || Refused.Fault(refused) is not null)
                faults.Add($"{name} without {own}: {refused}");
            if (await Ask(name, await Scoped([own])) is var kept && (!IsLetIn(kept) || kept.ProblemCode == "scope-not-allowed")) faults.Add($"{name} with {own}: {kept}");
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private NeededScope Needed(string name) => Server.Routes[name].Metadata.OfType<NeededScope>().Single();

    private IEnumerable<string> RoleScopesOfOwner() => RoleTable.Table.Keys.Select(name => Needed(name).Name).OfType<string>().Distinct();

    private async Task<string> Scoped(IReadOnlyList<string> scopes)
    {
        var list = string.Join(',', scopes.Select(scope => $"\"{scope}\""));
        if (_scoped.TryGetValue(list, out var token)) return token;
        return _scoped[list] = (await full.Practice.IssueToken(full.Practice.OwnerId, $",\"scopes\":[{list}]")).Token;
    }
}
