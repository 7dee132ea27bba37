using Billing.Cli.Running;

return await BillingCommand.Run(args, Surroundings.OfThisProcess());
