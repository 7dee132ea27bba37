namespace Billing.Projections.Storage;

/// <summary>The read models do not show yet what is asked for, and will soon. Nothing failed.</summary>
public sealed class ReadModelBehindException() : ReadDatabaseException("The read models are behind.", isPassing: true);
