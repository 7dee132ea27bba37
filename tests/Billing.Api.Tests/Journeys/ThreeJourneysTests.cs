using Billing.Api.Tests.Hosting;

namespace Billing.Api.Tests.Journeys;

[Collection(ServerProcess.Collection)]
public sealed class ThreeJourneysTests
{
    [Fact]
    public async Task A_practice_runs_its_months_from_clocked_hours_to_the_tax_quarter_and_a_killed_server_loses_nothing()
    {
        await using var journey = await PracticeJourney.Begin();

        await journey.LogPastWork();
        await journey.StartTimer();
        await journey.LoseNothing(journey.ClockedPaths);
        await journey.IsReplayed();
        await journey.StopTimerAndHandIn();
        await journey.TheAssistantSeesNoMoney();

        await journey.BillAndShare();
        await journey.PayUnheard();
        await journey.LoseNothing(journey.ClockedPaths);
        await journey.HearOfThePayment();
        await journey.FundRetainer();
        await journey.LoseNothing([.. journey.ClockedPaths, .. journey.PaidPaths]);
        await journey.HearEverythingAgain();
        await journey.DrawOnRetainer();
        await journey.EveryCentIsAccountedFor();

        await journey.EarnForHalfAYear();
        await journey.SpendForHalfAYear();
        await journey.DescribeTheFiler();
        await journey.SeeWhatIsOwed();
        await journey.SeeWhatIsDueNext();
        await journey.PayWhatIsOverdue();
        await journey.LoseNothing([.. journey.ClockedPaths, .. journey.PaidPaths, .. journey.TaxPaths]);
        await journey.SamePdf();
        await journey.SameReport();
    }
}
