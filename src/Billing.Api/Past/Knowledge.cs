using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Access;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.EventStore.Verification;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Past;

/// <summary>Has a call answered by what was known at the moment that its <c>asOf</c> names.</summary>
internal static class Knowledge
{
    /// <summary>The place that was answered as of, on every answer to a question about the past.</summary>
    public const string PlaceHeader = "Billing-As-Of";

    /// <summary>Null where the call can be answered, as of whenever it asks for; otherwise why not.</summary>
    public static async ValueTask<Problem?> Enter(QueryCall call, QueryParameters parameters)
    {
        if (parameters.AsOf is not { } how || call.Text(AsOf.Name) is not { } text) return null;
        if (Moment.Parse(text) is not { } moment)
        {
            call.Refuse(AsOf.Name, "malformed", $"{AsOf.Name} must be {Moment.Form}.");
            return Problem.BadRequest(call.Errors);
        }
        if (moment is Moment.Day { Date: var day })
        {
            call.AsOfDay = day;
            if (how == AsOf.DayOrKnown) return null;
        }
        return await Enter(call, moment, withModels: how != AsOf.KnownInBook);
    }

    private static async ValueTask<Problem?> Enter(QueryCall call, Moment moment, bool withModels)
    {
        var events = call.Service<IEventStore>();
        var (place, at) = moment switch
        {
            Moment.Day { Date: var day } => await By(PracticeDay.EndOf(call, day)),
            Moment.Time { At: var time } => await By(time),
            Moment.InBook { Place: var named } => (
                named, (await BookPlaces.At(events, call.Book, named, call.Aborted))?.Metadata.RecordedAt),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (at is not { } then)
        {
            var last = await LastEvent.Of(events, call.Book, call.Aborted);
            call.Refuse(AsOf.Name, "out-of-bounds", FormattableString.Invariant($"The places of this book are 1 to {last!.Place}."));
            return Problem.BadRequest(call.Errors);
        }
        if (place == 0)
        {
            var first = await BookPlaces.At(events, call.Book, 1, call.Aborted);
            call.Refuse(
                AsOf.Name, "out-of-bounds",
                $"The book begins at {InstantPattern.General.Format(first!.Metadata.RecordedAt)}; nothing was known before.");
            return Problem.BadRequest(call.Errors);
        }
        if (withModels && place > PastBooks.MostEvents)
        {
            return Problem.Of(409, "as-of-too-long", FormattableString.Invariant(
                $"The book has {place} events by then; this is answered as of the past for {PastBooks.MostEvents} at most."));
        }
        var past = await call.Service<PastBooks>().Hold(call.Book, place, withModels, call.Aborted);
        call.Http.Response.RegisterForDispose(past);
        call.Http.Response.Headers[PlaceHeader] = FormattableString.Invariant($"{place}");
        call.AnswerBy(past, then, withModels ? null : await ZoneThen(past.Services.GetRequiredService<IEventStore>(), call));
        return null;

        // A day that is not over is known until now.
        async ValueTask<(long, Instant?)> By(Instant time) =>
            (await BookPlaces.RecordedBy(events, call.Book, time, call.Aborted), Instant.Min(time, call.Now));
    }

    /// <summary>A practice that has moved since counted its days by another zone.</summary>
    private static async ValueTask<DateTimeZone> ZoneThen(IEventStore past, QueryCall call)
    {
        var (business, _) = await past.Fold(Business.Stream, call.Book, Business.Stream.Name(call.Book.Value), call.Aborted);
        return business is BusinessState.Open open ? TimeZones.Of(open.TimeZone) : DateTimeZone.Utc;
    }
}
