using Billing.Api.Http;
using Billing.Projections.Clients;
using Billing.Projections.Engagements;
using Billing.Projections.Paging;
using NodaTime;

namespace Billing.Api.TimeTracking.Pages;

/// <param name="LastDay">Null while it goes on.</param>
public sealed record WorkChoice(Guid EngagementId, string Client, string Work, LocalDate? LastDay)
{
    public string Name => $"{Client} / {Work}";

    public bool IsOpenOn(LocalDate day) => LastDay is null || LastDay >= day;
}

/// <summary>What can be worked for, in the order of the clients' names.</summary>
public sealed class WorkChoices(IReadOnlyList<WorkChoice> all)
{
    private const int MostChoices = 500;
    private readonly Dictionary<Guid, WorkChoice> _byId = all.ToDictionary(choice => choice.EngagementId);

    public IReadOnlyList<WorkChoice> All => all;

    /// <summary>How the work is named: the client, and what it is that is done for them.</summary>
    public string Name(Guid engagementId) => _byId.GetValueOrDefault(engagementId)?.Name ?? "–";

    public bool IsOpenOn(Guid engagementId, LocalDate day) => _byId.GetValueOrDefault(engagementId)?.IsOpenOn(day) == true;

    public IEnumerable<WorkChoice> OpenOn(LocalDate day) => all.Where(choice => choice.IsOpenOn(day));

    public static WorkChoices Of(QueryCall call)
    {
        var page = new PageRequest(null, MostChoices);
        var clients = call.Service<ClientQueries>().Clients(call.Book, page).Items.ToDictionary(client => client.ClientId);
        return new WorkChoices(
        [
            .. call.Service<EngagementQueries>().Engagements(call.Book, page).Items
                .Where(engagement => clients.ContainsKey(engagement.ClientId))
                .Select(engagement => new WorkChoice(
                    engagement.EngagementId, clients[engagement.ClientId].Name ?? "–", engagement.Name ?? "–", engagement.LastDay))
                .OrderBy(choice => choice.Name, StringComparer.Ordinal),
        ]);
    }
}
