using Billing.Cli.Running;
using Billing.Cli.Shown;
using NodaTime;

namespace Billing.Cli.Work;

internal sealed record Client(Guid ClientId, string? Name);

/// <param name="LastDay">Null while it goes on.</param>
internal sealed record Engagement(Guid EngagementId, Guid ClientId, string? Name, LocalDate? LastDay);

/// <summary>Clients and engagements of the practice, to be found by parts of their names.</summary>
internal sealed class WorkNames(IReadOnlyList<Client> clients, IReadOnlyList<Engagement> engagements, IReadOnlyList<Client> archived)
{
    public static async Task<WorkNames> Load(Session session)
    {
        var server = session.Server;
        var clients = await server.All<Client>("/v1/clients", session.Cancellation);
        var archived = await server.All<Client>("/v1/clients", session.Cancellation, ("archived", true));
        return new WorkNames(clients, await server.All<Engagement>("/v1/engagements", session.Cancellation), archived);
    }

    public string ClientName(Guid id) =>
        Screen.Plain(clients.Concat(archived).FirstOrDefault(c => c.ClientId == id)?.Name ?? id.ToString("D"));

    /// <summary><c>Acme Dental / Inbox</c></summary>
    public string Label(Guid engagementId) =>
        engagements.FirstOrDefault(e => e.EngagementId == engagementId) is { } found ? Label(found) : engagementId.ToString("D");

    public IEnumerable<Client> ClientsLike(string text) => clients.Concat(archived)
        .Where(c => Fits(c.Name, text)).DistinctBy(c => c.ClientId);

    /// <exception cref="Stop">None fits, or several do; they are listed.</exception>
    public Client FindClient(string text) => One([.. clients.Where(c => Fits(c.Name, text))], c => c.Name, text, "client", clients);

    /// <param name="text"><c>client / engagement</c>, or a part of either name.</param>
    /// <param name="today">What ended before it is not looked at.</param>
    /// <exception cref="Stop">None fits, or several do; they are listed.</exception>
    public Engagement FindEngagement(string text, LocalDate today)
    {
        Engagement[] open = [.. engagements
            .Where(e => !(e.LastDay < today) && clients.Any(c => c.ClientId == e.ClientId)).OrderBy(Label, StringComparer.Ordinal)];
        var parts = text.Split('/', 2);
        Engagement[] found = parts is [var client, var engagement]
            ? [.. open.Where(e => Fits(ClientName(e.ClientId), client) && Fits(e.Name, engagement))]
            : [.. open.Where(e => Fits(ClientName(e.ClientId), text) || Fits(e.Name, text))];
        return One(found, Label, text, "engagement", open);
    }

    private string Label(Engagement engagement) => $"{ClientName(engagement.ClientId)} / {Screen.Plain(engagement.Name)}";

    private static bool Fits(string? name, string part) => name?.Contains(part.Trim(), StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>A whole name is meant before names that only contain it.</summary>
    private static T One<T>(T[] found, Func<T, string?> name, string text, string kind, IReadOnlyList<T> all)
    {
        if (found.Length == 1) return found[0];
        T[] exact = [.. found.Where(f => string.Equals(Squeezed(name(f)), Squeezed(text), StringComparison.OrdinalIgnoreCase))];
        if (exact.Length == 1) return exact[0];
        var said = found.Length == 0 ? $"No {kind} is called '{text}'. There are:" : $"Several fit '{text}'. Say more of one:";
        throw Stop.Usage(string.Join(
            Environment.NewLine,
            (found.Length == 0 ? all : found).Select(f => $"  {Screen.Plain(name(f))}").Prepend(said)));
    }

    private static string? Squeezed(string? text) => text is null ? null : string.Join('/', text.Split('/').Select(part => part.Trim()));
}
