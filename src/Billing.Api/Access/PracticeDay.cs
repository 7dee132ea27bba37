using Billing.Api.Http;
using Billing.EventStore.Port;
using Billing.Projections.Access;
using NodaTime;

namespace Billing.Api.Access;

/// <summary>Which day it is where the practice is.</summary>
public static class PracticeDay
{
    public static LocalDate Of<TBody>(CommandCall<TBody> call) =>
        Of(call.Http.RequestServices.GetRequiredService<AccessQueries>(), call.Caller.Book, call.Now);

    public static LocalDate Of(QueryCall call) => call.ZoneThen is { } zone
        ? call.Now.InZone(zone).Date
        : Of(call.Service<AccessQueries>(), call.Book, call.Now);

    /// <summary>The last moment of a day where the practice is.</summary>
    public static Instant EndOf(QueryCall call, LocalDate day) =>
        Zone(call.Service<AccessQueries>(), call.Book).AtStartOfDay(day.PlusDays(1)).ToInstant().Minus(Duration.Epsilon);

    private static LocalDate Of(AccessQueries access, BookId book, Instant now) => now.InZone(Zone(access, book)).Date;

    private static DateTimeZone Zone(AccessQueries access, BookId book)
    {
        var business = access.Business(book);
        return business is null ? DateTimeZone.Utc : DateTimeZoneProviders.Tzdb[business.TimeZone];
    }
}
