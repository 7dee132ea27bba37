using Billing.Api.Commands;
using Billing.Domain.Access;
using NodaTime;

namespace Billing.Api.Access;

/// <summary>The practice whose book a session is on: its stream has the book's id.</summary>
internal static class SessionPractice
{
    /// <exception cref="InvalidCastException">There is none in this book, which who was let in cannot be in.</exception>
    public static async ValueTask<BusinessState.Open> Practice(this BookSession session) =>
        (BusinessState.Open)await session.Load(Business.Stream, session.Context.Book.Value);

    /// <summary>The day where the practice is.</summary>
    public static async ValueTask<LocalDate> Today(this BookSession session) =>
        (await session.Practice()).DayOf(session.Context.Now);
}
