namespace Billing.Api.Http;

/// <summary>
/// Requests wait for what their caller wrote, and not for what others did a moment ago. Before something is said not to be there, the read
/// models catch up with all that is written by now, and it is looked for once more.
/// </summary>
internal static class SecondLook
{
    public static async Task<IResult> AskTwice(this QueryCall call, Func<QueryCall, Task<IResult>> ask)
    {
        var result = await ask(call);
        if (result is not IStatusCodeHttpResult { StatusCode: StatusCodes.Status404NotFound }) return result;
        return await call.WaitForAll() is { } behind ? behind.AsResult() : await ask(call);
    }
}
