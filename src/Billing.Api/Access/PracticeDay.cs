using Billing.Api.Http;
using Billing.EventStore.Port;
using Billing.Projections.Access;
using NodaTime;

namespace Billing.Api.Access;

/// <summary>Which day it is where the practice is.</summary>
public static class PracticeDay
{
    public static LocalDate Of<TBody>(CommandCall<TBody> call) => Of(call.Http, call.Caller.Book, call.Now);

    public static LocalDate Of(QueryCall call) => Of(call.Http, call.Book, call.Now);

    private static LocalDate Of(HttpContext http, BookId book, Instant now)
    {
        var business = http.RequestServices.GetRequiredService<AccessQueries>().Business(book);
        var zone = business is null ? DateTimeZone.Utc : DateTimeZoneProviders.Tzdb[business.TimeZone];
        return now.InZone(zone).Date;
    }
}
