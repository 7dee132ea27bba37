using Billing.EventStore.Port;
using Billing.Projections.Access;

namespace Billing.Api.Access;

/// <summary>Who people are that the log names as actors.</summary>
internal static class ActorNames
{
    /// <param name="http">Whose services know the members.</param>
    /// <param name="book">Of their practice.</param>
    /// <param name="erased">What stands for a name that was erased.</param>
    public static IReadOnlyDictionary<string, string> Of(HttpContext http, BookId book, string erased) => http.RequestServices
        .GetRequiredService<AccessQueries>().Members(book)
        .ToDictionary(member => $"member:{member.MemberId:D}", member => member.Name ?? erased);
}
