using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Payments;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Api;

/// <summary>A request that has been let in.</summary>
/// <param name="Account">Whose objects it sees.</param>
/// <param name="Id">The <c>{id}</c> of the path; empty where it has none.</param>
/// <param name="Form">Query and form together.</param>
/// <param name="Cause">Named by the events it leads to.</param>
internal sealed record ApiRequest(StripeAccount Account, string Id, FormNode Form, EventCause Cause);
