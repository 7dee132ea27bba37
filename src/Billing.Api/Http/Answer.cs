namespace Billing.Api.Http;

/// <summary>What a command's caller gets: the resource's id and version, the position to read from, and what came of it.</summary>
/// <param name="Id">Id of the resource.</param>
/// <param name="Version">The resource's version, as in <c>ETag</c>; send it as <c>If-Match</c> with the next change.</param>
/// <param name="Position">Position of the write, as in <c>Billing-Position</c>; null where nothing had to be written.</param>
public record Receipt(Guid Id, long Version, long? Position);

/// <param name="Location">Where the new resource is; null where none was made.</param>
/// <param name="Body">A <see cref="Receipt"/> or something that extends it.</param>
public sealed record Answer(Receipt Body, string? Location = null);
