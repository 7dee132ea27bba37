using Billing.Api.Http;
using Billing.Projections.Reports;

namespace Billing.Api.Reports;

/// <summary>Asks a caller's whole book, as it stands now or as it was known when the call asks for.</summary>
internal static class BookReading
{
    public static Task<T> Ask<T>(QueryCall call, Func<PracticeBook, T> question) =>
        call.Service<PracticeBooks>().Ask(call.Book, question, call.Aborted);
}
