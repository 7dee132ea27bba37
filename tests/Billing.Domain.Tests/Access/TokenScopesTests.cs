using Billing.Domain.Access;
using CsCheck;

namespace Billing.Domain.Tests.Access;

public sealed class TokenScopesTests
{
    private static readonly Gen<TokenScopes> AnyScopes =
        Gen.OneOfConst([.. TokenScopes.All]).Array[1, 8].Select(names => TokenScopes.Of(names)!);

    [Fact]
    public void Who_may_write_may_read_and_who_may_read_may_not_write()
    {
        var scopes = new TokenScopes("invoices:read time:write");
        Assert.True(scopes.Allow("time", writes: true));
        Assert.True(scopes.Allow("time", writes: false));
        Assert.True(scopes.Allow("invoices", writes: false));
        Assert.False(scopes.Allow("invoices", writes: true));
        Assert.False(scopes.Allow("clients", writes: false));
    }

    [Fact]
    public void None_cover_all_that_a_role_may() => Assert.False(TokenScopes.Of(TokenScopes.All)!.Cover(null));

    [Fact]
    public void Scopes_cover_others_exactly_where_they_allow_all_that_these_do() => Gen.Select(AnyScopes, AnyScopes).Sample((own, others) =>
    {
        var allowsAll = TokenScopes.Areas.All(area => new[] { false, true }.All(writes =>
            !others.Allow(area, writes) || own.Allow(area, writes)));
        Assert.Equal(allowsAll, own.Cover(others));
        Assert.Equal(own, TokenScopes.Stored(own.Text));
    });
}
