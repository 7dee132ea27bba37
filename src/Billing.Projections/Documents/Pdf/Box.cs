namespace Billing.Projections.Documents.Pdf;

/// <summary>A rectangle of a page in PDF's own coordinates: points from the lower left corner, upwards.</summary>
internal readonly record struct Box(double Left, double Bottom, double Right, double Top);
