using Billing.Api.Hosting;
using NodaTime;

namespace Billing.Api.Access;

/// <summary>Writes down every minute, and at the end, which tokens were used.</summary>
internal sealed class TokenUseRounds(TokenUses uses, IClock clock, ILogger<TokenUseRounds> log)
    : Rounds(TimeSpan.FromMinutes(1), Failure, log)
{
    private const string Failure = "The uses of tokens could not be written down";

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            uses.Write(clock.GetCurrentInstant());
        }
        catch (Exception e) when (IsPassing(e))
        {
            // There is no later look, and nothing in the books is missing.
            log.LogWarning("{Failure}: {Reason}", Failure, e.Message);
        }
    }

    protected override Task Round(CancellationToken cancellationToken)
    {
        uses.Write(clock.GetCurrentInstant());
        return Task.CompletedTask;
    }
}
