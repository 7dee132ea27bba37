using System.CommandLine;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain.Access;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Api.Hosting;

/// <summary><c>owner-token</c>: for whoever lost theirs and sits at the machine. The server must be stopped.</summary>
public static class OwnerTokenVerb
{
    private const string Name = "owner-token";

    public static Command Build(Func<Func<Task<int>>, Task<int>> guarded)
    {
        var verb = new Command(Name, "Issues a new token to the owner of the oldest practice. Stop the server first.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        verb.SetAction((parsed, cancellationToken) => guarded(() => Run([.. parsed.UnmatchedTokens], cancellationToken)));
        return verb;
    }

    private static async Task<int> Run(string[] args, CancellationToken cancellationToken)
    {
        await using var app = await BillingServer.Build(BillingHost.CreateBuilder(args));
        var store = app.Services.GetRequiredService<IEventStore>();
        if (await store.ReadFeed(0, 1, cancellationToken) is not [var first])
            throw new InvalidConfigurationException("There is no practice in this data folder yet. Start the server once.");

        var token = Secrets.NewToken();
        var newId = app.Services.GetRequiredService<Func<Guid>>();
        var now = app.Services.GetRequiredService<IClock>().GetCurrentInstant();
        var context = new CommandContext(first.Book, "machine", now, newId());
        var session = new BookSession(store, app.Services.GetRequiredService<StateCache>(), context, cancellationToken);
        var business = await session.Practice();
        var owner = business.Members.Values.First(m => m is { IsActive: true, Role: "owner" });
        var wish = new IssueToken(newId(), owner.MemberId, Secrets.HashOf(token), "issued at the machine", null, now);
        var result = await app.Services.GetRequiredService<CommandBus>()
            .Send(context, () => new IssueTokenCommand(context, wish), cancellationToken);
        if (result is not CommandResult.Done) throw new InvalidOperationException($"The token could not be issued: {result}");
        Console.WriteLine($"A new token for {owner.Name}, owner of {business.Name}. It is shown only now:");
        Console.WriteLine();
        Console.WriteLine($"    {token}");
        return 0;
    }
}
