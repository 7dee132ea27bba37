namespace Billing.Api.Http;

/// <summary>The body of a command that needs none: empty, or <c>{}</c>.</summary>
public sealed record NoBody;
