namespace Billing.Api.Access;

/// <summary>On an endpoint: it refuses assistants who may not see what work costs.</summary>
public sealed class ShowsRates;
