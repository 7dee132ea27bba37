using Billing.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Billing.Infra.Tests;

/// <summary>What a reverse proxy in front of the server says is believed of the proxies that are named, and of nobody else.</summary>
public sealed class ProxyTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("billing-proxy-");

    [Theory]
    [InlineData(null, false)]
    [InlineData("192.0.2.0/24", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.0/8", true)]
    public async Task The_session_s_cookie_is_for_https_alone_where_a_known_proxy_says_so(string? proxy, bool isSecure)
    {
        await using var app = await Serving(proxy);
        var token = await FirstStart.EnsurePractice(app.Services, TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address(app), "/sign-in"));
        request.Content = new FormUrlEncodedContent([new("token", token)]);
        request.Headers.Add("Origin", Address(app).GetLeftPart(UriPartial.Authority));
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var response = await Send(request);

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Equal(isSecure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(null, "203.0.113.9", "127.0.0.1")]
    [InlineData("192.0.2.0/24", "203.0.113.9", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.1", "203.0.113.9, 127.0.0.1", "203.0.113.9")]
    public async Task Who_calls_is_the_last_that_is_no_proxy_of_ours(string? proxy, string forwarded, string caller)
    {
        await using var app = await Serving(proxy);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address(app), "/caller"));
        request.Headers.Add("X-Forwarded-For", forwarded);

        using var response = await Send(request);

        Assert.Equal(caller, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("10.0.0.7", null)]
    [InlineData("10.0.0.0/8", null)]
    [InlineData("fd00::/8", null)]
    [InlineData("proxy.example", "Billing:Proxies 'proxy.example' is neither an address nor a network")]
    [InlineData("10.0.0.0/33", "Billing:Proxies '10.0.0.0/33'")]
    [InlineData("", "Billing:Proxies ''")]
    public void A_proxy_is_an_address_or_a_network(string proxy, string? fault)
    {
        var options = new BillingOptions { Proxies = { proxy } };

        if (fault is null) Assert.Null(options.Fault());
        else Assert.StartsWith(fault, options.Fault(), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<WebApplication> Serving(string? proxy)
    {
        string[] settings = proxy is null ? [] : [$"--Billing:Proxies:0={proxy}"];
        var app = await BillingServer.Build(
            BillingHost.CreateBuilder(
                ["--urls", "http://127.0.0.1:0", $"--Billing:DataFolder={folder.FullName}", .. settings]),
            further => further.MapGet("/caller", (HttpContext http) => $"{http.Connection.RemoteIpAddress}"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static Uri Address(WebApplication app) => new(app.Urls.Single());

    private static async Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
