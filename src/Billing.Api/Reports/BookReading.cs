using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Api.Reports;

/// <summary>Asks a caller's book, as it stands now or as it was known at the end of a day where the practice is.</summary>
internal static class BookReading
{
    public static Task<T> Ask<T>(QueryCall call, LocalDate? asOf, Func<PracticeBook, T> question)
    {
        var books = call.Service<PracticeBooks>();
        return asOf is { } day
            ? books.AskAsOf(call.Book, PracticeDay.EndOf(call, day), question, call.Aborted)
            : books.Ask(call.Book, question, call.Aborted);
    }
}
