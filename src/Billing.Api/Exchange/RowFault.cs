using Billing.Api.Commands;

namespace Billing.Api.Exchange;

/// <summary>Why a row of a file cannot be brought in.</summary>
public sealed record RowFault(string Code, string Detail)
{
    /// <summary>Why a command that a row asked for came to nothing.</summary>
    internal static RowFault Of(CommandResult? result) => result is CommandResult.Refused { Rejection: var why }
        ? new RowFault(why.Code, why.Detail)
        : new RowFault("overloaded", "The store was too busy. Run the import again: what is there stays.");
}
